/** Ledger rows summed into what the independent recount counts in: cells of day or hour. */
import { createCellSums } from './cell-sums.ts';
import { dimsKey } from './dims-key.ts';
import type { CellAddition } from './cells.ts';
import type { FamilyName } from '../../../server/domain/ledger/registry.ts';
import type { LedgerRow, TimedRow } from '../../../server/domain/ledger/row.ts';
import type { Calendar } from '../../../server/domain/time/calendar.ts';

export function cellsOfRows(rows: readonly LedgerRow[], calendar: Calendar): readonly CellAddition[] {
  const sums = createCellSums();
  for (const { family, at, dims, measures } of rows) {
    const [day, hour] = [calendar.dayOf(at), calendar.hourBucket(at)];
    const [a = null, b = null, c = null, d = null, e = null] = dims;
    const [m0 = 0, m1 = 0, m2 = 0, m3 = 0] = measures;
    switch (family) {
      case 'sales':
        [m0, m1, m2].forEach((m, i) => sums.add('sales', day, dimsKey(a, b, c, d, e), i, m));
        [m0, m1].forEach((m, i) => sums.add('salesHour', hour, dimsKey(a), i, m));
        sums.add('orders', day, dimsKey(a, b, c), 0, m3);
        break;
      case 'newCustomers':
        sums.add('newCustomers', day, dimsKey(a, b), 0, m0);
        break;
      case 'mentions':
        [m0, m1, m2, m3].forEach((m, i) => sums.add('mentions', day, dimsKey(a, b), i, m));
        break;
      case 'keywords':
        [m0, m1, m2].forEach((m, i) => sums.add('keywords', hour, dimsKey(a, b), i, m));
        break;
      case 'spend':
        sums.add('spend', day, dimsKey(a, b, c, d), 0, m0);
        break;
      case 'organicVisits':
      case 'leads':
      case 'engagement':
      case 'audience':
        // The recount knows none of them: they have tests of their own.
        break;
    }
  }
  return sums.drain();
}

/** Rows as if they had just come in. */
export function inLedger(family: FamilyName, rows: readonly TimedRow[]): LedgerRow[] {
  return rows.map((row) => ({ ...row, family, received: 0, cause: 'new' }));
}
