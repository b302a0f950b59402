/**
 * Counts mentions again after the polarity policy changed: the ledger gets the difference between what each mention
 * counted for and what it counts for now. Runs inside the caller's transaction, so that the policy and the numbers
 * change together.
 */
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import { addFactChange } from '../../domain/ledger/fact-rows.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { Append } from '../ports/commit.ts';
import type { FactWrite, StoreTx } from '../ports/transaction.ts';

/** Mentions looked at between two writes: bounds memory. */
const PAGE = 1_000;

export interface RebuildOptions {
  readonly calendar: Calendar;
  /** Threshold of the polarity policy as it will stand. */
  readonly threshold: number;
  /** As it stood. */
  readonly thresholdBefore: number;
  /** The workspace's making, and the moment of the change, UTC ms. */
  readonly workspaceSince: number;
  readonly at: number;
}

/**
 * Resolves to the number of mentions. Touches `mentions`; the caller appends the change.
 * @param judged called with those whose polarity the new threshold changed, some at a time
 */
export async function rebuildMentions(
  tx: StoreTx,
  append: Append,
  { calendar, threshold, thresholdBefore, workspaceSince, at }: RebuildOptions,
  judged: (changes: readonly MentionChange[]) => Promise<void>,
): Promise<number> {
  const old = { calendar, workspaceSince, threshold: thresholdBefore };
  const now = { calendar, workspaceSince, threshold };
  let after: string | null = null;
  let count = 0;
  for (;;) {
    const facts = await tx.pageFacts('mention', after, PAGE);
    const last = facts.at(-1);
    if (!last) return count;
    const writes: FactWrite[] = [];
    const rows: LedgerRow[] = [];
    const changes: MentionChange[] = [];
    for (const fact of facts) {
      const columns = mentionColumns(fact, calendar, threshold);
      addFactChange(rows, fact, fact, at, 'rule', old, now);
      writes.push({ fact, columns, history: [], isNew: false });
      const columnsBefore = mentionColumns(fact, calendar, thresholdBefore);
      if (columnsBefore.polarity !== columns.polarity) changes.push({ before: fact, after: fact, columnsBefore, columns, passed: [] });
    }
    await tx.putFacts(writes);
    if (rows.length > 0) await append(rows);
    if (changes.length > 0) await judged(changes);
    after = last.key;
    count += facts.length;
  }
}
