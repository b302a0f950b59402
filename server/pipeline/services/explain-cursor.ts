/** Where the next page of an explanation begins, and what of the first page holds for all of them. */
import * as z from 'zod';
import type { ExplainPlace } from '../ports/ledger-explain.ts';

const cursor = z.strictObject({
  /** What is explained: a cursor of another question is none of this one. */
  question: z.string(),
  asOf: z.number(),
  knownAt: z.number(),
  /** Rows of the ledger received later are not on these pages. */
  received: z.number(),
  /** Of what the ledger holds; targets come to it. */
  facts: z.number().nullable(),
  count: z.number(),
  /** Rows of targets that were listed. */
  targets: z.number(),
  after: z.strictObject({ received: z.number(), kind: z.string(), entity: z.string() }).nullable(),
});
export type ExplainCursor = z.infer<typeof cursor> & { readonly after: ExplainPlace | null };

export function explainCursorText(of: ExplainCursor): string {
  return encodeURIComponent(JSON.stringify(of));
}

/** undefined for anything this server cannot have written. */
export function readExplainCursor(text: string): ExplainCursor | undefined {
  try {
    return cursor.parse(JSON.parse(decodeURIComponent(text)));
  } catch {
    return undefined;
  }
}
