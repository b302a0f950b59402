/** Exported files hold every version of every fact and every row of the ledger, by month of the business zone, readable by other tools. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileFormat } from '../../../../server/adapters/duckdb/offline/month-files.ts';
import { openStaging, type Staging } from '../../../../server/adapters/duckdb/offline/staging.ts';
import { factTables } from '../../../../server/commands/export/fact-tables.ts';
import { writeExport } from '../../../../server/commands/export/write-export.ts';
import type { Fact, FactVersion } from '../../../../server/domain/facts.ts';
import type { FactWithHistory } from '../../../../server/domain/ledger/members.ts';
import type { LedgerSnapshot } from '../../../../server/pipeline/ports/ledger-source.ts';

let folder: string;
let staging: Staging;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'warroom-export-'));
  staging = await openStaging(folder);
});
afterEach(async () => {
  await staging.close();
  rmSync(folder, { recursive: true, force: true });
});

const received = Date.parse('2026-11-02T00:00:00Z');
function paid(time: string, version: number, amounts: readonly number[]): FactVersion {
  const data = {
    ...{ orderId: 'SO-1', version, buyerId: '买"家,1', channel: '天猫', region: '华东' },
    lines: amounts.map((amount) => ({ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount })),
  };
  return {
    type: 'sales.order.paid',
    version,
    occurredAt: Date.parse(time),
    receivedAt: received + version,
    data,
    body: JSON.stringify(data),
  };
}
// One instant, two months: the last evening of October in UTC is November in Shanghai.
const standing = paid('2026-10-31T20:00:00Z', 2, [9_000_000_000_000_000, 100]);
const superseded = paid('2026-10-15T04:00:00Z', 1, [500]);
const order: Fact = { kind: 'order', key: '/shop SO-1', source: '/shop', versions: [standing] };
const withHistory: FactWithHistory = { fact: order, history: [superseded] };

const snapshot: LedgerSnapshot = {
  position: 7,
  total: 1,
  thresholds: [{ since: -Infinity, threshold: 0.3 }],
  *entities() {
    yield [{ entity: 'order', members: { orderKey: order.key, order: withHistory, refunds: [], leads: [] } }];
  },
  *facts(kind) {
    if (kind === 'order') yield [withHistory];
  },
  close: () => undefined,
};

async function exported(format: FileFormat) {
  const source = { createdAt: 0, timeZone: 'Asia/Shanghai' };
  const tables = await writeExport({ source, snapshot, staging, folder, format, onProgress: () => undefined });
  const read = (file: string, columns: string, order = '') => staging.query(`select ${columns} from '${path.join(folder, file)}' ${order}`);
  return { tables, read };
}

describe('an export', () => {
  it('names columns of every kind of fact once', () => {
    for (const { name, columns, lists } of factTables)
      for (const names of [columns, ...lists.map((list) => list.columns)].map((each) => each.map((column) => column.name)))
        expect(names, name).toEqual([...new Set(names)]);
  });

  it('writes Parquet by month of the business zone, with types', async () => {
    const { tables, read } = await exported('parquet');
    expect(readdirSync(path.join(folder, 'facts/order')).sort()).toEqual(['2026-10.parquet', '2026-11.parquet']);
    expect(await read('facts/order/2026-11.parquet', 'key, version, standing, buyerId, epoch_ms(occurredAt)')).toEqual([
      ['/shop SO-1', 2n, true, '买"家,1', BigInt(standing.occurredAt)],
    ]);
    expect(await read('facts/order_lines/*.parquet', 'version, standing, place, amount, core', 'order by version, place')).toEqual([
      [1n, false, 1n, 500n, true],
      [2n, true, 1n, 9_000_000_000_000_000n, true],
      [2n, true, 2n, 100n, true],
    ]);
    expect(await read('facts/order/2026-11.parquet', 'typeof(occurredAt), typeof(version), typeof(standing)')).toEqual([
      ['TIMESTAMP WITH TIME ZONE', 'BIGINT', 'BOOLEAN'],
    ]);
    expect(tables.find(({ name }) => name === 'facts/order')?.files).toEqual([
      { path: 'facts/order/2026-10.parquet', rows: 1 },
      { path: 'facts/order/2026-11.parquet', rows: 1 },
    ]);
    expect(tables.find(({ name }) => name === 'facts/spend')?.files).toEqual([]);
  });

  it('[R21] writes the ledger with the sums it has', async () => {
    const { read } = await exported('parquet');
    expect(await read('ledger/sales/*.parquet', 'sum(paid)::bigint, sum(orders)::bigint, any_value(entityKind)')).toEqual([
      [9_000_000_000_000_100n, 1n, 'order'],
    ]);
  });

  it('writes CSV with RFC 3339 instants', async () => {
    const { read } = await exported('csv');
    expect(await read('facts/order/2026-11.csv', 'occurredAt::varchar, buyerId')).toHaveLength(1);
    const [line] = await staging.query(`select content from read_text('${path.join(folder, 'facts/order/2026-11.csv')}')`);
    expect(String(line?.[0])).toContain(
      '/shop SO-1,/shop,sales.order.paid,2,true,2026-10-31T20:00:00.000Z,2026-11-02T00:00:00.002Z,SO-1,"买""家,1"',
    );
  });
});
