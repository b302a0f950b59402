/**
 * Three years of orders, made in the ledger's file by DuckDB itself so that it takes a minute, then figures of single months
 * by a dimension, asked of the server. No fact stands behind these rows: the recount would say so, the reads do not care.
 */
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDatabase } from '../../../server/adapters/duckdb/engine/database.ts';
import { makeGaps } from '../../../server/adapters/duckdb/engine/gap-keeper.ts';
import { createCalendar } from '../../../server/domain/time/calendar.ts';
import { ledgerFileOf } from '../../../server/compose/ledger.ts';
import { eventually, warRoom } from '../../helpers/war-room.ts';
import { quantile } from '../statistics.ts';
import { kpi, readyz, residentMb } from './server-side.ts';

export interface YearsReport {
  readonly questions: readonly { readonly name: string; readonly p95: number }[];
  readonly p95: number;
  readonly residentMb: number;
  readonly fillSeconds: number;
  readonly wrong: readonly string[];
}

const MONTHS = 36;
const DAY_MS = 86_400_000;
/** Each order pays this much in two lines, so that every month's sum is known. */
export const ORDER = 1_000;

export async function benchYears(options: { readonly orders: number; readonly tries: number }): Promise<YearsReport> {
  const room = await warRoom({ startMs: 300_000 });
  try {
    await room.start();
    await ready();
    await room.kill('SIGTERM');
    const began = performance.now();
    const perMonth = await fill(ledgerFileOf(path.join(room.dataDir, 'warroom.db')), options.orders);
    const fillSeconds = (performance.now() - began) / 1_000;
    await room.start();
    await ready();
    const months = [...perMonth.keys()];
    const questions: { name: string; p95: number }[] = [];
    const wrong: string[] = [];
    const all: number[] = [];
    for (const [id, by] of asked) {
      const times: number[] = [];
      for (let n = 0; n <= options.tries; n++) {
        const month = months[(n * 7) % months.length] ?? '';
        const { ms, values } = await kpi(room, `grain=month&period=${month}&kpi=${id}&by=${by}`);
        if (n > 0) times.push(ms);
        const net = values.reduce((sum, value) => sum + (value.value ?? 0), 0);
        if (id === 'net_sales' && net !== (perMonth.get(month) ?? 0)) wrong.push(`net sales of ${month} by ${by} are ${String(net)}`);
      }
      questions.push({ name: `${id} by ${by}`, p95: quantile(times, 0.95) });
      all.push(...times);
    }
    return { questions, p95: quantile(all, 0.95), residentMb: residentMb(room).total, fillSeconds, wrong };
  } finally {
    await room.dispose();
  }

  function ready(): Promise<true> {
    return eventually('the ledger is ready', async () => ((await readyz(room)).ledger.state === 'ready' ? true : undefined), 120_000);
  }
}

const asked = [
  ['net_sales', 'channel'],
  ['net_sales', 'campaign'],
  ['net_sales', 'category'],
  ['core_share', 'region'],
  ['order_value', 'channel'],
  ['order_value', 'category'],
  ['buyer_value', 'channel'],
  ['buyer_value', 'category'],
  ['new_customers', 'channel'],
  ['repurchase_rate', 'channel'],
] as const;

/** Writes so many orders of the last months into the ledger's file. Resolves to the net sales of each month. */
export async function fill(file: string, orders: number, months = MONTHS): Promise<ReadonlyMap<string, number>> {
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '2GB', temp_directory: `${file}.filling` });
  const connection = await instance.connect();
  try {
    const to = Date.now() - DAY_MS;
    const from = to - Math.round((months / 12) * 365) * DAY_MS;
    const step = Math.floor((to - from) / orders);
    const at = `(${String(from)} + o * ${String(step)})::bigint`;
    const buyer = `'B-' || (hash(o, 1) % ${String(Math.max(1, Math.floor(orders * 0.3)))})`;
    const instants = `${at} as "at", ((${at} + 28800000) // 86400000)::integer as day, ((${at} + 28800000) // 3600000)::integer as hour,
      ${at} as since, ${at} + 1500 as received, 0::utinyint as cause, 0::bigint as block`;
    const dims = `'渠道' || (h % 7) as d_channel, '地区' || ((h // 7) % 12) as d_region, case when h % 3 = 0 then null else 'C-' || ((h // 84) % 20) end as d_campaign`;
    const many = `(select o, l, hash(o) % 1000000007 as h from range(${String(orders)}) as r(o), range(2) as q(l))`;
    await connection.run(
      `insert into rows_sales by name
       select 'order' as kind, '/bench/shop SO-' || o as entity, ${instants}, ${dims},
         '类目' || ((h // 1680 + l * 3) % 8) as d_category, case when l = 0 then 'true' else 'false' end as d_core, ${buyer} as d_buyer, ${buyer} as d_customer,
         ${String(ORDER / 2)}::bigint as m_paid, 0::bigint as m_refunded, 0::bigint as "m_cohortRefunded", (1 - l)::bigint as m_orders, 1::bigint as m_holds,
         1::bigint as "m_inCategory", 1::bigint as "m_inCore", ${String(ORDER / 2)}::bigint as m_costed, ${String(ORDER / 5)}::bigint as m_cost, 0::bigint as "m_costedRefunded",
         (o * 2 + l)::bigint as ordinal
       from ${many} order by o, l`,
    );
    await connection.run(
      `insert into "rows_newCustomers" by name
       select 'customer' as kind, d_customer as entity, min("at") as "at", arg_min(day, "at") as day, arg_min(hour, "at") as hour, min("at") as since, min(received) as received,
         0::utinyint as cause, 0::bigint as block, arg_min(d_channel, "at") as d_channel, arg_min(d_region, "at") as d_region, arg_min(d_campaign, "at") as d_campaign,
         1::bigint as m_customers, min(ordinal) as ordinal
       from rows_sales group by d_customer`,
    );
    // What was counted of the file before is not of these rows.
    await connection.run(`delete from meta where name like 'gaps %'`);
    await connection.run('checkpoint');
    const net = await connection.runAndReadAll(
      `select strftime(make_date(day), '%Y-%m') as month, sum(m_paid)::double from rows_sales group by 1 order by 1`,
    );
    return new Map(net.getRows().map(([month, sum]) => [String(month), Number(sum)]));
  } finally {
    connection.closeSync();
    instance.closeSync();
    await makeTables(file);
  }
}

/** The tables that a server makes while nobody asks. */
async function makeTables(file: string): Promise<void> {
  const database = await openDatabase(file, { memoryMb: 1_024, threads: 2, tempMb: 8_192 }, createCalendar('Asia/Shanghai'));
  await makeGaps(database, 0);
  await database.close();
}
