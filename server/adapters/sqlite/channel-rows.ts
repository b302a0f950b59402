/** Rows of channels, for the writer and the readers. */
import type { ChannelRow } from '../../pipeline/ports/channel-store.ts';
import { numberIn, textIn } from './row-values.ts';

export const allChannels = 'select id, kind, enabled, sealed from channels order by place';

export function channelsOf(rows: readonly Readonly<Record<string, unknown>>[]): ChannelRow[] {
  return rows.map((row) => ({
    id: textIn(row, 'id'),
    kind: textIn(row, 'kind'),
    enabled: numberIn(row, 'enabled') === 1,
    sealed: textIn(row, 'sealed'),
  }));
}
