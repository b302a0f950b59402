/** Additions to the buckets behind the KPIs. */
import type { StoreTx } from '../../../pipeline/ports.ts';
import type { TxContext } from './context.ts';
import { preparer } from './context.ts';

const PACE_EVERY = 128;

export function cellsPart(context: TxContext): Pick<StoreTx, 'addCells' | 'clearCells'> {
  const run = preparer(context.db);
  return {
    async addCells(additions) {
      const add = run(
        `insert into cells (family, bucket, dims, m0, m1, m2, m3) values (?, ?, ?, ?, ?, ?, ?)
         on conflict (family, bucket, dims) do update
         set m0 = m0 + excluded.m0, m1 = m1 + excluded.m1, m2 = m2 + excluded.m2, m3 = m3 + excluded.m3`,
      );
      let sincePace = 0;
      for (const { family, bucket, dims, measures } of additions) {
        const [m0 = 0, m1 = 0, m2 = 0, m3 = 0] = measures;
        add.run(family, bucket, dims, m0, m1, m2, m3);
        if (++sincePace === PACE_EVERY) {
          sincePace = 0;
          const wait = context.pacer.pace();
          if (wait) await wait;
        }
      }
    },
    async clearCells(family) {
      run('delete from cells where family = ?').run(family);
    },
  };
}
