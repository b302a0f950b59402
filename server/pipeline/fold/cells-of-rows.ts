/** The cells that ledger rows add up to, for reads that still ask cells. */
import { createCellSums } from '../../domain/fold/cell-sums.ts';
import { dimsKey } from '../../domain/fold/dims-key.ts';
import type { CellAddition } from '../../domain/cells.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { Calendar } from '../../domain/time/calendar.ts';

export function cellsOfRows(rows: readonly LedgerRow[], calendar: Calendar): readonly CellAddition[] {
  const sums = createCellSums();
  for (const { family, at, dims, measures } of rows) {
    const day = calendar.dayOf(at);
    const [a = null, b = null, c = null, d = null, e = null] = dims;
    const [m0 = 0, m1 = 0, m2 = 0, m3 = 0] = measures;
    if (family === 'sales') {
      const hour = calendar.hourBucket(at);
      [m0, m1, m2].forEach((m, i) => sums.add('sales', day, dimsKey(a, b, c, d, e), i, m));
      [m0, m1].forEach((m, i) => sums.add('salesHour', hour, dimsKey(a), i, m));
      sums.add('orders', day, dimsKey(a, b, c), 0, m3);
    } else if (family === 'newCustomers') sums.add('newCustomers', day, dimsKey(a, b), 0, m0);
    else if (family === 'mentions') [m0, m1, m2, m3].forEach((m, i) => sums.add('mentions', day, dimsKey(a, b), i, m));
    else if (family === 'keywords') [m0, m1, m2].forEach((m, i) => sums.add('keywords', calendar.hourBucket(at), dimsKey(a, b), i, m));
    else sums.add('spend', day, dimsKey(a, b, c, d), 0, m0);
  }
  return sums.drain();
}
