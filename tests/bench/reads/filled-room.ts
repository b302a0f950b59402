/** A running server with a month of orders that DuckDB itself makes in the ledger's file, so that it takes seconds, and commits of more of them. */
import path from 'node:path';
import { ledgerFileOf } from '../../../server/compose/ledger.ts';
import { eventually, warRoom, type WarRoom } from '../../helpers/war-room.ts';
import { readyz } from './server-side.ts';
import { fill } from './years.ts';

export interface FilledRoom {
  readonly room: WarRoom;
  /** The month with most of the orders. */
  readonly month: string;
  /** Net sales of the orders that were there before the first commit, by month. */
  readonly months: ReadonlyMap<string, number>;
  /** Commits so many orders of that month, of buyers there were and of new ones. */
  commit(): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** Orders of one commit. */
export const BATCH = 50;
/** What each of them pays. */
export const PRICE = 1_000;

/** No facts stand behind the orders that were there: the recount would say so, the reads do not care. */
export async function filledRoom(orders: number): Promise<FilledRoom> {
  const room = await warRoom({ startMs: 300_000 });
  const ready = (): Promise<true> =>
    eventually('the ledger is ready', async () => ((await readyz(room)).ledger.state === 'ready' ? true : undefined), 120_000);
  try {
    await room.start();
    await ready();
    await room.kill('SIGTERM');
    const months = await fill(ledgerFileOf(path.join(room.dataDir, 'warroom.db')), orders, 1);
    const [month = ''] = [...months].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    await room.start();
    await ready();
    let commits = 0;
    return {
      ...{ room, month, months },
      async commit() {
        const sent = await room.send('POST', '/api/events', ordersOf(month, commits, orders), 'application/cloudevents-batch+json');
        if (sent.status !== 202) throw new Error(`the bench could not send orders: ${JSON.stringify(sent.body)}`);
        commits += 1;
        const all = commits * BATCH;
        await eventually('the orders are folded', async () => ((await readyz(room)).consumed.applied >= all ? true : undefined), 60_000);
      },
    };
  } catch (error) {
    await room.dispose();
    throw error;
  }
}

function ordersOf(month: string, commit: number, before: number): object[] {
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
