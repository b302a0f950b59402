/** Where consumption stands: positions, epochs, gaps, tries [I2, I9, I12]. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { Fenced } from '../../../pipeline/ports/errors.ts';
import type { Primitive } from '../steps.ts';
import type { TxContext } from './context.ts';

type Offsets = Pick<
  StoreTx,
  'advanceOffset' | 'offset' | 'raiseEpoch' | 'bindLog' | 'putGap' | 'acknowledgeGaps' | 'markLog' | 'countAttempt' | 'clearAttempt'
>;
type Standing = readonly [epoch: number, nextOffset: number | null];

const fenced = ([nextOffset, topic, partition, epoch]: readonly Primitive[]): Fenced =>
  new Fenced(`epoch ${epoch} may not move ${topic}/${partition} to ${nextOffset}`);
const bindingFenced = ([, , , topic, partition, epoch]: readonly Primitive[]): Fenced =>
  new Fenced(`epoch ${epoch} may not say which log ${topic}/${partition} is read from`);
const standing = ([epoch, nextOffset]: Standing) => ({ epoch, nextOffset });

export function offsetsPart({ transaction }: TxContext): Offsets {
  return {
    async advanceOffset({ topic, partition, epoch, nextOffset }) {
      transaction.run(
        `update offsets set next_offset = ? where topic = ? and "partition" = ? and epoch = ? and coalesce(next_offset, 0) <= ?`,
        [nextOffset, topic, partition, epoch, nextOffset],
        fenced,
      );
    },
    async offset(topic, partition) {
      const [row] = await transaction.rows<Standing>('select epoch, next_offset from offsets where topic = ? and "partition" = ?', [
        topic,
        partition,
      ]);
      return row && standing(row);
    },
    async raiseEpoch(topic, partition) {
      const [row] = await transaction.rows<[...Standing, string | null]>(
        `insert into offsets (topic, "partition", epoch, next_offset) values (?, ?, 1, null)
         on conflict (topic, "partition") do update set epoch = epoch + 1 returning epoch, next_offset, log_id`,
        [topic, partition],
      );
      const [epoch, nextOffset, logId] = row as [...Standing, string | null];
      return { epoch, nextOffset, logId };
    },
    async bindLog({ topic, partition, epoch, logId, anew, empty }) {
      transaction.run(
        `update offsets set log_id = ?, next_offset = iif(?, ?, next_offset) where topic = ? and "partition" = ? and epoch = ?`,
        [logId, anew || empty ? 1 : 0, empty ? 0 : null, topic, partition, epoch],
        bindingFenced,
      );
    },
    async putGap({ topic, partition, expected, oldest, cause, logId, at }) {
      transaction.run(
        `insert into gaps (topic, "partition", expected, oldest, cause, log_id, at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
        [topic, partition, expected, oldest, cause, logId ?? '', at],
      );
    },
    acknowledgeGaps: (actor, at) =>
      transaction.changes('update gaps set acknowledged_by = ?, acknowledged_at = ? where acknowledged_by is null', [actor, at]),
    async markLog({ name, caughtUp, at }) {
      transaction.run(
        `insert into logs (name, caught_up, at) values (?, ?, ?)
         on conflict (name) do update set caught_up = excluded.caught_up, at = excluded.at`,
        [name, caughtUp ? 1 : 0, at],
      );
    },
    async countAttempt(name) {
      const [row] = await transaction.rows<[number]>(
        'insert into attempts (position, tries) values (?, 1) on conflict (position) do update set tries = tries + 1 returning tries',
        [name],
      );
      return (row as [number])[0];
    },
    async clearAttempt(name) {
      transaction.run('delete from attempts where position = ?', [name]);
    },
  };
}
