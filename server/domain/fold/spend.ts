/** What a spend entry counts for. */
import { standing, type Fact } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import type { CellSums } from './cell-sums.ts';
import { dimsKey } from './dims-key.ts';

/** Adds the entry to `sums`; `sign` −1 takes it out again. */
export function addSpend(fact: Fact, calendar: Calendar, sums: CellSums, sign: 1 | -1): void {
  const spend = standing(fact, 'campaign.spend');
  if (!spend) return;
  const { channel, campaignId, kind, line, amount } = spend.data;
  sums.add('spend', calendar.dayOf(spend.occurredAt), dimsKey(channel, campaignId ?? null, kind, line), 0, sign * amount);
}
