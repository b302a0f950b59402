/** The same facts in a bare DuckDB table, and each KPI as somebody would write it by hand in SQL over that table. */
import {
  BIGINT,
  BOOLEAN,
  DuckDBDataChunk,
  DuckDBInstance,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';
import { OWN_BRAND, TRACKED_BRAND, type BareMention, type BareRow } from './month.ts';

export interface Cut {
  /** UTC ms. */
  readonly asOf?: number;
  /** Only what came in the first part. */
  readonly firstPart?: boolean;
}
export interface BareQuestion {
  readonly kpi: string;
  /** null = the whole. */
  readonly by: string | null;
  readonly cut: Cut;
}
/** The numerator and denominator of a ratio, or the value of a sum, by value of the dimension. */
export type BareAnswer = ReadonlyMap<string | null, readonly number[]>;

export interface Bare {
  row(row: BareRow): void;
  mention(mention: BareMention): void;
  /** After the last row: tables as their owner would keep them. */
  finish(): Promise<void>;
  /** undefined for a KPI nobody has written by hand yet. */
  ask(question: BareQuestion): Promise<BareAnswer | undefined>;
  close(): void;
}

const CHUNK = 2_048;
const rowColumns: readonly (readonly [string, DuckDBType])[] = [
  ['order_id', VARCHAR],
  ['buyer', VARCHAR],
  ['at_ms', BIGINT],
  ['part', INTEGER],
  ['order_ms', BIGINT],
  ['channel', VARCHAR],
  ['region', VARCHAR],
  ['campaign', VARCHAR],
  ['category', VARCHAR],
  ['core', BOOLEAN],
  ['amount', BIGINT],
  ['refund', BOOLEAN],
  ['first_line', BOOLEAN],
  ['replaced_ms', BIGINT],
  ['replaced_part', INTEGER],
  ['emptied_ms', BIGINT],
  ['emptied_part', INTEGER],
];
const mentionColumns: readonly (readonly [string, DuckDBType])[] = [
  ['at_ms', BIGINT],
  ['part', INTEGER],
  ['brand', VARCHAR],
  ['platform', VARCHAR],
  ['label', VARCHAR],
];

/** @param month half-open, UTC ms */
export async function openBare(file: string, month: { readonly from: number; readonly to: number }): Promise<Bare> {
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '512MB', temp_directory: `${file}.spilled` });
  const connection = await instance.connect();
  const rows = await openTable(connection, 'sales', rowColumns);
  const mentions = await openTable(connection, 'mentions', mentionColumns);
  const big = (n: number | null): bigint | null => (n === null ? null : BigInt(n));
  return {
    row: (r) =>
      rows.append([
        ...[r.orderId, r.buyer, big(r.at), r.part, big(r.orderAt), r.channel, r.region, r.campaign, r.category, r.core],
        ...[big(r.amount), r.refund, r.firstLine, big(r.replacedAt), r.replacedPart, big(r.emptiedAt), r.emptiedPart],
      ]),
    mention: (m) => mentions.append([big(m.at), m.part, m.brand, m.platform, m.label]),
    async finish() {
      rows.close();
      mentions.close();
      // What stands today, as a table of its own: questions about today need no versions.
      await connection.run(
        'create table standing as select * exclude (replaced_ms, replaced_part), emptied_ms is null as live from sales where replaced_ms is null',
      );
      await connection.run('checkpoint');
    },
    async ask(question) {
      const sql = sqlOf(question, month);
      if (sql === undefined) return undefined;
      const answer = await connection.runAndReadAll(sql);
      return new Map(answer.getRows().map(([cell, ...figures]) => [typeof cell === 'string' ? cell : null, figures.map(Number)]));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function openTable(connection: DuckDBConnection, name: string, columns: readonly (readonly [string, DuckDBType])[]) {
  await connection.run(`create table ${name} (${columns.map(([column, type]) => `${column} ${type.toString()}`).join(', ')})`);
  const appender = await connection.createAppender(name);
  const types = columns.map(([, type]) => type);
  let waiting: (string | bigint | number | boolean | null)[][] = [];
  const send = () => {
    const chunk = DuckDBDataChunk.create(types, waiting.length);
    chunk.setRows(waiting);
    appender.appendDataChunk(chunk);
    waiting = [];
  };
  return {
    append(values: (string | bigint | number | boolean | null)[]) {
      waiting.push(values);
      if (waiting.length === CHUNK) send();
    },
    close() {
      if (waiting.length > 0) send();
      appender.closeSync();
    },
  };
}

const WINDOW_MS = 365 * 86_400_000;
/** The bench's business zone is eight hours ahead of UTC the year round. */
const ZONE_MS = 8 * 3_600_000;

function sqlOf({ kpi, by, cut }: BareQuestion, { from, to }: { readonly from: number; readonly to: number }): string | undefined {
  const cell = by === 'core' ? 'core::varchar' : (by ?? 'null');
  const group = by === null ? '' : 'group by all';
  const plain = cut.asOf === undefined && cut.firstPart !== true;
  const there = (at: string, part: string): string =>
    [...(cut.asOf === undefined ? [] : [`${at} <= ${String(cut.asOf)}`]), ...(cut.firstPart === true ? [`${part} <= 1`] : [])].join(
      ' and ',
    );
  const table = plain
    ? 'standing'
    : `(select *, not coalesce(${there('emptied_ms', 'emptied_part')}, false) as live from sales
        where ${there('at_ms', 'part')} and not coalesce(${there('replaced_ms', 'replaced_part')}, false))`;
  const inMonth = `at_ms >= ${String(from)} and at_ms < ${String(to)}`;
  const net = 'sum(amount)';
  const lines = 'not refund and live';
  const orders =
    by === 'category' || by === 'core' ? `count(distinct order_id) filter (${lines})` : `count(*) filter (${lines} and first_line)`;
  const sales = (figures: string, where = inMonth) => `select ${cell}, ${figures} from ${table} where ${where} ${group}`;
  const until = Math.min(to, cut.asOf === undefined ? to : nextDay(cut.asOf));
  const window = `at_ms >= ${String(until - WINDOW_MS)} and at_ms < ${String(until)} and ${lines}`;
  const day = `(at_ms + ${String(ZONE_MS)}) // 86400000`;
  const customers = `(select ${cell} as cell, buyer, count(distinct ${day}) as days, count(*) filter (first_line) as orders
    from ${table} where ${window} group by all)`;
  const voices = `${plain ? 'mentions' : `(select * from mentions where ${there('at_ms', 'part')})`} where ${inMonth}`;
  const mentions = (figures: string, more: string) => `select ${cell}, ${figures} from ${voices} and ${more} ${group}`;
  const polarity = (label: string) => `count(*) filter (label = '${label}')`;
  switch (kpi) {
    case 'net_sales':
    case 'sales_attainment':
    case 'sales_pace':
      return sales(net);
    case 'net_sales_cohort':
      return sales(`sum(amount)`, `order_ms >= ${String(from)} and order_ms < ${String(to)}`);
    case 'core_share':
      return sales(`sum(amount) filter (core), ${net}`);
    case 'order_value':
      return sales(`${net}, ${orders}`);
    case 'buyer_value':
      return sales(`${net}, count(distinct buyer) filter (${lines})`);
    case 'new_customers': {
      // arg_min passes over null, which is a cell like any other: within a struct it does not.
      const first = by === null ? '' : `, arg_min({cell: ${cell}}, (at_ms, order_id)).cell as cell`;
      return `select ${by === null ? 'null' : 'cell'}, count(*) from
        (select min(at_ms) as at_ms ${first} from ${table} where ${lines} and first_line group by buyer) where ${inMonth} ${group}`;
    }
    case 'repurchase_rate':
      return `select cell, count(*) filter (days > 1), count(*) from ${customers} group by all`;
    case 'repeat_order_share':
      return `select cell, sum(orders) - count(*), sum(orders) from ${customers} group by all`;
    case 'net_sentiment':
      return mentions(
        `${polarity('positive')} - ${polarity('negative')}, ${polarity('positive')} + ${polarity('negative')}`,
        `brand = '${OWN_BRAND}'`,
      );
    case 'net_sentiment_with_neutrals':
      return mentions(`${polarity('positive')} - ${polarity('negative')}, count(*)`, `brand = '${OWN_BRAND}'`);
    case 'share_of_voice':
      return mentions(`count(*) filter (brand = '${OWN_BRAND}'), count(*)`, `brand in ('${OWN_BRAND}', '${TRACKED_BRAND}')`);
    default:
      return undefined;
  }
}

function nextDay(at: number): number {
  const day = Math.floor((at + ZONE_MS) / 86_400_000) + 1;
  return day * 86_400_000 - ZONE_MS;
}
