/** Channels, browsers that asked to be told, and links that were used. */
import type { ChannelRow, PushRow } from '../../../pipeline/ports/channel-store.ts';
import type { ChannelListChange } from '../../../../shared/incidents/channels.ts';
import { allChannels, channelChangesOf, channelsOf } from '../channel-rows.ts';
import { numberIn, textIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

export const readChannels = (reader: Reader): ChannelRow[] => channelsOf(reader.rows(allChannels).all(), reader.opens);

export const readChannelListVersion = (reader: Reader): number =>
  numberIn(reader.rows('select coalesce(max(id), 0) as version from channel_changes').get() ?? {}, 'version');

export const readChannelChanges = (reader: Reader, limit: number): ChannelListChange[] =>
  channelChangesOf(reader.rows('select at, owner, reason, changes from channel_changes order by id desc limit ?').all(limit));

export function readPushSubscriptions(reader: Reader, people: readonly string[]): PushRow[] {
  return reader
    .rows('select id, person, sealed from push_subscriptions where person in (select value from json_each(?)) order by set_at desc, id')
    .all(JSON.stringify(people))
    .map((row) => ({ id: textIn(row, 'id'), person: textIn(row, 'person'), sealed: textIn(row, 'sealed') }));
}

export const readAckUsed = (reader: Reader, link: string): boolean =>
  reader.rows('select 1 from ack_uses where link = ?').get(link) !== undefined;
