/** Which channels the wall shows: at most five lines, the rest in one, so that the lines always add up to the day. Pure. */
import type { ChannelRow } from '../../../shared/wire/views/overview.ts';

export interface ChannelLine extends ChannelRow {
  readonly key: string;
  /** Channels in this line, when it is the line for the rest; 0 otherwise. */
  readonly rest: number;
}

const MOST = 5;

export function channelRows(channels: readonly ChannelRow[]): readonly ChannelLine[] {
  const line = (row: ChannelRow): ChannelLine => ({ ...row, key: `channel:${row.channel ?? ''}`, rest: 0 });
  const sorted = channels.toSorted((a, b) => b.net - a.net);
  if (sorted.length <= MOST) return sorted.map(line);
  const rest = sorted.slice(MOST - 1);
  const planned = rest.every((row) => row.planToNow !== null);
  return [
    ...sorted.slice(0, MOST - 1).map(line),
    {
      channel: null,
      key: 'rest',
      rest: rest.length,
      net: rest.reduce((sum, row) => sum + row.net, 0),
      planToNow: planned ? rest.reduce((sum, row) => sum + (row.planToNow ?? 0), 0) : null,
    },
  ];
}
