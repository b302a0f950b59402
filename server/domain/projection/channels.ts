/** Today's channels on the wall: the largest ones, and one row for all others, so that the rows add up to the day. */
import type { ChannelRow } from '../../../shared/wire/views/overview.ts';
import { withRest } from './row-caps.ts';

type Channel = Omit<ChannelRow, 'others'>;

/** At most `most` rows. The rest has a plan only where each of its channels has one. */
export function channelRows(channels: readonly Channel[], most: number): readonly ChannelRow[] {
  const sorted = channels.toSorted(
    (a, b) => size(b.net) - size(a.net) || (b.planToNow ?? 0) - (a.planToNow ?? 0) || order(a.channel, b.channel),
  );
  const { shown, rest } = withRest(sorted, most);
  const rows = shown.map((row) => ({ ...row, others: 0 }));
  if (rest.length === 0) return rows;
  const net = whole(rest.map((row) => row.net));
  const planToNow = whole(rest.map((row) => row.planToNow));
  const summed = net !== null && Number.isSafeInteger(net) ? net : null;
  const said = summed !== null && planToNow !== null && planToNow > 0 && rest.every(({ pace }) => pace !== null);
  const curve = rest.every((row) => row.curve === rest[0]?.curve) ? (rest[0]?.curve ?? null) : 'even';
  return [...rows, { channel: null, net: summed, planToNow, pace: said ? summed / planToNow : null, curve, others: rest.length }];
}

/** null where a part is. */
const whole = (parts: readonly (number | null)[]) => parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
/** What is beyond exact sums [I16] is the largest. */
const size = (net: number | null) => net ?? Number.MAX_SAFE_INTEGER;
const order = (a: string | null, b: string | null) => (a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1);
