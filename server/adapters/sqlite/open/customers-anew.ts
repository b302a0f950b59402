/**
 * Counts every customer's rows anew from the facts: in a store of a version that did not keep them, and after a change of
 * the rules. It runs before anything else writes, in pages, and remembers how far it has come, so that a start that was
 * ended in the middle is gone on with by the next one.
 */
import { customerRows } from '../../../domain/ledger/customer-events.ts';
import { LEDGER_RULES } from '../../../domain/ledger/registry.ts';
import type { TxContext } from '../transaction/context.ts';
import { createStoreTx } from '../transaction/store-tx.ts';
import type { Transaction } from '../transaction/transaction.ts';
import type { WriteQueue } from '../transaction/write-queue.ts';

/** Orders or signings looked at in one transaction. */
const PAGE = 1_000;

/** Of how many orders and signings, about, how many were looked at. */
export type CountingProgress = (done: number, total: number) => void;

/** Where the count stands: in which table, behind which row. */
interface Place {
  readonly table: 'orders' | 'lead_statuses';
  readonly after: number;
}
const start: Place = { table: 'orders', after: 0 };

const putMeta = 'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value';
/** What is stored already was counted from every fact there is, so it stands. */
const uncounted = (table: Place['table']) => `select t.id, t.customer_id,
    t.customer_id is not null and not exists (select 1 from customer_rows c where c.customer_id = t.customer_id)
  from ${table} t where t.id > ? order by t.id limit ?`;

export async function countCustomersAnew(
  queue: Pick<WriteQueue, 'transaction'>,
  shared: Omit<TxContext, 'transaction'>,
  progress: CountingProgress,
): Promise<void> {
  let place = await queue.transaction(whereToBegin);
  if (!place) return;
  const [orders, signings] = await queue.transaction(sizes);
  while (place) {
    const { table, after }: Place = place;
    // A store that is just being made has nothing to count, and nothing to tell.
    if (orders + signings > 0) progress(table === 'orders' ? after : orders + after, orders + signings);
    place = await queue.transaction((transaction) => countPage({ ...shared, transaction }, { table, after }));
  }
}

/** undefined when there is nothing to count. */
async function whereToBegin(transaction: Transaction): Promise<Place | undefined> {
  const meta = new Map(
    await transaction.rows<readonly [string, string]>(
      `select name, value from meta where name in ('customersCountedTo', 'customersRules')`,
      [],
    ),
  );
  const rules = String(LEDGER_RULES);
  const to = meta.get('customersCountedTo');
  if (meta.get('customersRules') === rules) return to === undefined ? undefined : placeOf(to);
  transaction.run('delete from customer_rows', []);
  transaction.run(putMeta, ['customersRules', rules]);
  transaction.run(putMeta, ['customersCountedTo', textOf(start)]);
  return start;
}

const textOf = ({ table, after }: Place): string => `${table} ${after}`;
function placeOf(text: string): Place {
  const [table, after] = text.split(' ');
  return { table: table === 'lead_statuses' ? table : 'orders', after: Number(after) };
}

async function sizes(transaction: Transaction): Promise<readonly [number, number]> {
  const [row] = await transaction.rows<readonly [number, number]>(
    'select (select coalesce(max(id), 0) from orders), (select coalesce(max(id), 0) from lead_statuses)',
    [],
  );
  return row ?? [0, 0];
}

/** Resolves to the next place, or undefined after the last. */
async function countPage(context: TxContext, { table, after }: Place): Promise<Place | undefined> {
  const { transaction } = context;
  const tx = createStoreTx(context);
  const rows = await transaction.rows<readonly [number, string | null, number]>(uncounted(table), [after, PAGE]);
  const ids = new Set(rows.flatMap(([, id, isOpen]) => (id !== null && isOpen === 1 ? [id] : [])));
  const events = await tx.eventsOfCustomers([...ids]);
  await tx.putCustomerRows([...events.values()].map((one) => ({ customerId: one.customerId, rows: customerRows(one) })));
  const last = rows.at(-1)?.[0];
  const next: Place | undefined =
    last !== undefined ? { table, after: last } : table === 'orders' ? { table: 'lead_statuses', after: 0 } : undefined;
  if (next) transaction.run(putMeta, ['customersCountedTo', textOf(next)]);
  else transaction.run(`delete from meta where name = 'customersCountedTo'`, []);
  return next;
}
