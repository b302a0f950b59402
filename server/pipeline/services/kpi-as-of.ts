/**
 * Whether a question about a moment needs history recomputed from facts. Without
 * facts after that moment the plain cells are the same numbers, far cheaper.
 */
import type { AsOf, StoreReads } from '../ports/reads.ts';

/** undefined = everything known, from the plain cells. */
export interface AsOfs {
  readonly sales: AsOf | undefined;
  readonly others: AsOf | undefined;
}

/** `asOf` cuts event time, `knownAt` what was known (R21); at or after now they cut nothing that is there. */
export async function cutFor(
  reads: Pick<StoreReads, 'anythingAfter'>,
  asked: { readonly asOf: number | null; readonly knownAt: number | null },
  now: number,
): Promise<AsOfs> {
  const asOf = asked.asOf ?? now;
  if (asked.knownAt !== null && asked.knownAt < now) {
    const cut = { asOf, knownAt: asked.knownAt };
    return { sales: cut, others: cut };
  }
  const past = { asOf };
  return {
    // Events up to two minutes ahead are accepted, so even “now” may have sales after it.
    sales: (await reads.anythingAfter(asOf)) ? past : undefined,
    others: asOf < now ? past : undefined,
  };
}
