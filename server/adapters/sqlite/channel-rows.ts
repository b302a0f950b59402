/** Rows of channels, for the writer and the readers. */
import type { ChannelRow } from '../../pipeline/ports/channel-store.ts';
import type { ChannelListChange } from '../../../shared/incidents/channels.ts';
import { numberIn, textIn, textOrNullIn } from './row-values.ts';

export const allChannels = 'select id, kind, enabled, sealed from channels order by place';

/** @param opens how every sealed text begins that can be opened; absent: any can */
export function channelsOf(rows: readonly Readonly<Record<string, unknown>>[], opens: readonly string[] | undefined): ChannelRow[] {
  return rows.map((row) => {
    const sealed = textIn(row, 'sealed');
    return {
      id: textIn(row, 'id'),
      kind: textIn(row, 'kind'),
      enabled: numberIn(row, 'enabled') === 1,
      sealed,
      readable: opens?.some((beginning) => sealed.startsWith(beginning)) ?? true,
    };
  });
}

/** Written by the transaction alone, in this shape. */
const changesOf = (text: string): ChannelListChange['changes'] => JSON.parse(text);

export function channelChangesOf(rows: readonly Readonly<Record<string, unknown>>[]): ChannelListChange[] {
  return rows.map((row) => ({
    at: numberIn(row, 'at'),
    owner: textOrNullIn(row, 'owner'),
    reason: textOrNullIn(row, 'reason'),
    changes: changesOf(textIn(row, 'changes')),
  }));
}
