/**
 * Forty figures of a month in one call: asked for the first time since the start, after each of many commits of orders of that
 * month, about earlier moments, and again when nothing has changed since. The orders are made in the ledger's file by DuckDB
 * itself, so that it takes seconds. After each commit the figures must have grown by what was committed.
 */
import path from 'node:path';
import { ledgerFileOf } from '../../../server/compose/ledger.ts';
import { eventually, warRoom } from '../../helpers/war-room.ts';
import { quantile } from '../statistics.ts';
import { kpi, pause, readyz } from './server-side.ts';
import { fill } from './years.ts';

export interface OneCallReport {
  readonly figures: number;
  /** The first call since the start, ms. */
  readonly first: number;
  /** After a commit that touches the month. */
  readonly coldP95: number;
  /** About another moment, with no commit in between. */
  readonly momentP95: number;
  readonly warmP95: number;
  readonly wrong: readonly string[];
}

const HOUR_MS = 3_600_000;
/** Orders of one commit. */
const BATCH = 50;
const PRICE = 1_000;

export async function benchOneCall(options: { readonly orders: number; readonly tries: number }): Promise<OneCallReport> {
  const room = await warRoom({ startMs: 300_000 });
  const ready = (): Promise<true> =>
    eventually('the ledger is ready', async () => ((await readyz(room)).ledger.state === 'ready' ? true : undefined), 120_000);
  try {
    await room.start();
    await ready();
    await room.kill('SIGTERM');
    const months = await fill(ledgerFileOf(path.join(room.dataDir, 'warroom.db')), options.orders, 1);
    const [month = ''] = [...months].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    await room.start();
    await ready();
    const ask = (more = '') => kpi(room, `grain=month&period=${month}${more}`);
    const [cold, moments, warm]: [number[], number[], number[]] = [[], [], []];
    const wrong: string[] = [];
    const first = await ask();
    let sales = netSales(first);
    for (let n = 0; n < options.tries; n++) {
      const sent = await room.send('POST', '/api/events', orders(month, n, options.orders), 'application/cloudevents-batch+json');
      if (sent.status !== 202) throw new Error(`the bench could not send orders: ${JSON.stringify(sent.body)}`);
      await folded((n + 1) * BATCH);
      const { ms, values } = await ask();
      cold.push(ms);
      sales += BATCH * PRICE;
      if (netSales({ values }) !== sales)
        wrong.push(`net sales after commit ${String(n)} are ${String(netSales({ values }))}, not ${String(sales)}`);
    }
    for (let n = 0; n < options.tries; n++) {
      const moment = encodeURIComponent(new Date(Date.now() - (n + 1) * 60_000).toISOString());
      moments.push((await ask(`&asOf=${moment}`)).ms);
      await pause(50);
    }
    await ask();
    for (let n = 0; n < 5 * options.tries; n++) warm.push((await ask()).ms);
    const p95 = (times: readonly number[]) => quantile(times, 0.95);
    return { figures: first.values.length, first: first.ms, coldP95: p95(cold), momentP95: p95(moments), warmP95: p95(warm), wrong };
  } finally {
    await room.dispose();
  }

  async function folded(events: number): Promise<void> {
    await eventually('the orders are folded', async () => ((await readyz(room)).consumed.applied >= events ? true : undefined), 60_000);
  }
}

function netSales({ values }: { readonly values: readonly { readonly kpi: string; readonly value: number | null }[] }): number {
  return values.find(({ kpi: id }) => id === 'net_sales')?.value ?? Number.NaN;
}

/** Orders of the month of one commit, of buyers there were and of new ones. */
function orders(month: string, commit: number, before: number): object[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const time = new Date(Math.min(Date.now() - 1_000, Date.UTC(year, number, 1) - 12 * HOUR_MS)).toISOString();
  return Array.from({ length: BATCH }, (_, i) => {
    const id = `${String(commit)}-${String(i)}`;
    const buyerId = i % 3 === 0 ? `N-${id}` : `B-${String((commit * 977 + i * 31) % Math.max(1, Math.floor(before * 0.3)))}`;
    return {
      ...{ specversion: '1.0', source: '/bench/one-call', id, type: 'sales.order.paid', time },
      data: {
        ...{ orderId: `LIVE-${id}`, version: 1, buyerId, channel: `渠道${String(i % 7)}`, region: `地区${String(i % 12)}` },
        lines: [{ sku: 'X5', category: `类目${String(i % 8)}`, core: i % 2 === 0, quantity: 1, amount: PRICE, cost: 600 }],
      },
    };
  });
}
