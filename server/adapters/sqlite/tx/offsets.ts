/** Where consumption stands: positions, epochs, gaps, tries [I2, I9, I12]. */
import type { StoreTx } from '../../../pipeline/ports.ts';
import { Fenced } from '../../../pipeline/ports.ts';
import type { TxContext } from './context.ts';
import { preparer } from './context.ts';

type Offsets = Pick<StoreTx, 'advanceOffset' | 'offset' | 'raiseEpoch' | 'putGap' | 'countAttempt' | 'clearAttempt'>;

const position = (row: Record<string, unknown>) => ({
  epoch: row['epoch'] as number,
  nextOffset: row['next_offset'] as number | null,
});

export function offsetsPart(context: TxContext): Offsets {
  const run = preparer(context.db);
  return {
    async advanceOffset({ topic, partition, epoch, nextOffset }) {
      const { changes } = run(
        `update offsets set next_offset = ? where topic = ? and "partition" = ? and epoch = ? and coalesce(next_offset, 0) <= ?`,
      ).run(nextOffset, topic, partition, epoch, nextOffset);
      if (changes !== 1) throw new Fenced(`epoch ${epoch} may not move ${topic}/${partition} to ${nextOffset}`);
    },
    async offset(topic, partition) {
      const row = run('select epoch, next_offset from offsets where topic = ? and "partition" = ?').get(topic, partition);
      return row ? position(row) : undefined;
    },
    async raiseEpoch(topic, partition) {
      const row = run(
        `insert into offsets (topic, "partition", epoch, next_offset) values (?, ?, 1, null)
         on conflict (topic, "partition") do update set epoch = epoch + 1 returning epoch, next_offset`,
      ).get(topic, partition);
      return position(row ?? {});
    },
    async putGap({ topic, partition, expected, oldest, at }) {
      run(`insert into gaps (topic, "partition", expected, oldest, at) values (?, ?, ?, ?, ?) on conflict do nothing`).run(
        topic,
        partition,
        expected,
        oldest,
        at,
      );
    },
    async countAttempt(name) {
      const row = run(
        'insert into attempts (position, tries) values (?, 1) on conflict (position) do update set tries = tries + 1 returning tries',
      ).get(name);
      return row?.['tries'] as number;
    },
    async clearAttempt(name) {
      run('delete from attempts where position = ?').run(name);
    },
  };
}
