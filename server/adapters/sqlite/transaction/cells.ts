/** Additions to the buckets behind the KPIs. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';
import { paced } from './context.ts';

const add = `insert into cells (family, bucket, dims, m0, m1, m2, m3) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (family, bucket, dims) do update
  set m0 = m0 + excluded.m0, m1 = m1 + excluded.m1, m2 = m2 + excluded.m2, m3 = m3 + excluded.m3`;

export function cellsPart(context: TxContext): Pick<StoreTx, 'addCells' | 'clearCells'> {
  const { transaction } = context;
  return {
    addCells: (additions) =>
      paced(context, additions, ({ family, bucket, dims, measures: [m0 = 0, m1 = 0, m2 = 0, m3 = 0] }) =>
        transaction.run(add, [family, bucket, dims, m0, m1, m2, m3]),
      ),
    async clearCells(family) {
      transaction.run('delete from cells where family = ?', [family]);
    },
  };
}
