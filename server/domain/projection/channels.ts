/** Today's channels on the wall: the largest ones, and one row for all others, so that the rows add up to the day. */
import type { ChannelRow } from '../../../shared/wire/views/overview.ts';
import { withRest } from './row-caps.ts';

type Channel = Omit<ChannelRow, 'others'>;

/** At most `most` rows. The rest has a plan only where each of its channels has one. */
export function channelRows(channels: readonly Channel[], most: number): readonly ChannelRow[] {
  const sorted = channels.toSorted((a, b) => b.net - a.net || (b.planToNow ?? 0) - (a.planToNow ?? 0) || order(a.channel, b.channel));
  const { shown, rest } = withRest(sorted, most);
  const rows = shown.map((row) => ({ ...row, others: 0 }));
  if (rest.length === 0) return rows;
  const net = rest.reduce((sum, row) => sum + row.net, 0);
  const planToNow = rest.reduce<number | null>((sum, row) => (sum === null || row.planToNow === null ? null : sum + row.planToNow), 0);
  return [...rows, { channel: null, net, planToNow, others: rest.length }];
}

const order = (a: string | null, b: string | null) => (a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1);
