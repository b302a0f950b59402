/** Where consumption stands: positions, epochs, gaps, tries [I2, I9, I12]. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { Fenced } from '../../../pipeline/ports/errors.ts';
import type { Primitive } from '../steps.ts';
import type { TxContext } from './context.ts';

type Offsets = Pick<StoreTx, 'advanceOffset' | 'offset' | 'raiseEpoch' | 'putGap' | 'countAttempt' | 'clearAttempt'>;
type Position = readonly [epoch: number, nextOffset: number | null];

const fenced = ([nextOffset, topic, partition, epoch]: readonly Primitive[]): Fenced =>
  new Fenced(`epoch ${epoch} may not move ${topic}/${partition} to ${nextOffset}`);
const position = ([epoch, nextOffset]: Position) => ({ epoch, nextOffset });

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
      const [row] = await transaction.rows<Position>('select epoch, next_offset from offsets where topic = ? and "partition" = ?', [
        topic,
        partition,
      ]);
      return row && position(row);
    },
    async raiseEpoch(topic, partition) {
      const [row] = await transaction.rows<Position>(
        `insert into offsets (topic, "partition", epoch, next_offset) values (?, ?, 1, null)
         on conflict (topic, "partition") do update set epoch = epoch + 1 returning epoch, next_offset`,
        [topic, partition],
      );
      return position(row as Position);
    },
    async putGap({ topic, partition, expected, oldest, at }) {
      transaction.run(`insert into gaps (topic, "partition", expected, oldest, at) values (?, ?, ?, ?, ?) on conflict do nothing`, [
        topic,
        partition,
        expected,
        oldest,
        at,
      ]);
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
