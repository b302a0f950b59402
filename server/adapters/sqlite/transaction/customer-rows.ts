/** Customers' own ledger rows in and out. */
import type { TimedRow } from '../../../domain/ledger/row.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { customerColumns, rowsOfCustomer, type CustomerColumns } from '../customer-row.ts';
import type { TxContext } from './context.ts';
import { lookUp, paced } from './context.ts';

const stored = `select c.customer_id, c.at, c.channel, c.region, c.campaign, c.rows
  from json_each(?) j cross join customer_rows c on c.customer_id = j.value`;
const put = `insert into customer_rows (customer_id, at, channel, region, campaign, rows) values (?, ?, ?, ?, ?, ?)
  on conflict (customer_id) do update set at = excluded.at, channel = excluded.channel, region = excluded.region,
  campaign = excluded.campaign, rows = excluded.rows`;

export function customerRowsPart(context: TxContext): Pick<StoreTx, 'customerRows' | 'putCustomerRows'> {
  const { transaction } = context;
  return {
    async customerRows(ids) {
      const found = new Map<string, readonly TimedRow[]>();
      await lookUp<readonly [string, ...CustomerColumns]>(context, stored, ids, ([id, ...columns]) =>
        found.set(id, rowsOfCustomer(id, columns)),
      );
      return found;
    },
    putCustomerRows: (changes) =>
      paced(context, changes, ({ customerId, rows }) => {
        if (rows.length > 0) transaction.run(put, [customerId, ...customerColumns(rows)]);
        else transaction.run('delete from customer_rows where customer_id = ?', [customerId]);
      }),
  };
}
