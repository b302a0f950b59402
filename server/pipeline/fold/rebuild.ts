/**
 * Rebuilds what mentions count for after the polarity policy changed: from the facts,
 * never from the buckets. Runs inside the caller's transaction, so that the policy and
 * the numbers change together.
 */
import { createCellSums } from '../../domain/fold/cell-sums.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { addMention, mentionColumns } from '../../domain/fold/mention.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { FactWrite, StoreTx } from '../ports/transaction.ts';

/** Mentions looked at between two writes: bounds memory. */
const PAGE = 1_000;

export interface RebuildOptions {
  readonly calendar: Calendar;
  /** Threshold of the polarity policy as it will stand. */
  readonly threshold: number;
  /** As it stood. */
  readonly thresholdBefore: number;
}

/**
 * Resolves to the number of mentions. Touches `mentions`; the caller appends the change.
 * @param judged called with those whose polarity the new threshold changed, some at a time
 */
export async function rebuildMentions(
  tx: StoreTx,
  { calendar, threshold, thresholdBefore }: RebuildOptions,
  judged: (changes: readonly MentionChange[]) => Promise<void>,
): Promise<number> {
  await tx.clearCells('mentions');
  await tx.clearCells('keywords');
  const sums = createCellSums();
  let after: string | null = null;
  let count = 0;
  for (;;) {
    const facts = await tx.pageFacts('mention', after, PAGE);
    const last = facts.at(-1);
    if (!last) return count;
    const writes: FactWrite[] = [];
    const changes: MentionChange[] = [];
    for (const fact of facts) {
      const columns = mentionColumns(fact, calendar, threshold);
      addMention(fact, columns, calendar, sums, 1);
      writes.push({ fact, columns, history: [], isNew: false });
      const columnsBefore = mentionColumns(fact, calendar, thresholdBefore);
      if (columnsBefore.polarity !== columns.polarity) changes.push({ before: fact, after: fact, columnsBefore, columns, passed: [] });
    }
    await tx.putFacts(writes);
    await tx.addCells(sums.drain());
    if (changes.length > 0) await judged(changes);
    after = last.key;
    count += facts.length;
  }
}
