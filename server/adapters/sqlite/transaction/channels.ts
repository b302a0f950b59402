/** Channels, browsers that asked to be told, and links that were used. */
import type { ChannelTx } from '../../../pipeline/ports/channel-store.ts';
import { allChannels, channelsOf } from '../channel-rows.ts';
import type { TxContext } from './context.ts';
import { remembered } from './remembered.ts';

export function channelsPart({ transaction, opens }: TxContext): ChannelTx {
  const channels = remembered(async () => channelsOf(await transaction.objects(allChannels, []), opens));
  return {
    channels: channels.get,
    async putChannels(rows, at) {
      channels.forget();
      transaction.run('delete from channels', []);
      rows.forEach(({ id, kind, enabled, sealed }, place) =>
        transaction.run('insert into channels (id, place, kind, enabled, sealed, set_at) values (?, ?, ?, ?, ?, ?)', [
          ...[id, place, kind, enabled ? 1 : 0, sealed, at],
        ]),
      );
    },
    async putChannelChange({ at, owner, reason, changes }) {
      transaction.run('insert into channel_changes (at, owner, reason, changes) values (?, ?, ?, ?)', [
        ...[at, owner, reason, JSON.stringify(changes)],
      ]);
    },
    async putPushSubscription({ id, person, sealed }, at, keep) {
      transaction.run('insert or replace into push_subscriptions (id, person, sealed, set_at) values (?, ?, ?, ?)', [
        id,
        person,
        sealed,
        at,
      ]);
      transaction.run(
        `delete from push_subscriptions where person = ?1 and id not in (
           select id from push_subscriptions where person = ?1 order by set_at desc, id limit ?2)`,
        [person, keep],
      );
    },
    async removePushSubscription(id) {
      transaction.run('delete from push_subscriptions where id = ?', [id]);
    },
    async sealedValue(name) {
      const [row] = await transaction.rows<[string]>('select sealed from sealed_values where name = ?', [name]);
      return row?.[0];
    },
    async putSealedValue(name, sealed) {
      transaction.run('insert or replace into sealed_values (name, sealed) values (?, ?)', [name, sealed]);
    },
    async useAckLink({ link, incidentId, person, at }) {
      const changes = await transaction.changes('insert or ignore into ack_uses (link, incident_id, person, at) values (?, ?, ?, ?)', [
        ...[link, incidentId, person, at],
      ]);
      return changes === 1;
    },
  };
}
