/**
 * Forty figures of a month in one call: asked for the first time, and again when nothing has changed since. The orders are made
 * in the ledger's file by DuckDB itself, so that it takes seconds.
 */
import path from 'node:path';
import { ledgerFileOf } from '../../../server/compose/ledger.ts';
import { eventually, warRoom } from '../../helpers/war-room.ts';
import { quantile } from '../statistics.ts';
import { kpi, pause, readyz } from './server-side.ts';
import { fill } from './years.ts';

export interface OneCallReport {
  readonly figures: number;
  readonly coldP95: number;
  readonly warmP95: number;
  readonly cold: readonly number[];
  readonly warm: readonly number[];
}

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
    const [cold, warm]: [number[], number[]] = [[], []];
    let figures = 0;
    for (let n = 0; n <= options.tries; n++) {
      // Another moment up to which facts count: nothing of an earlier answer serves.
      const moment = encodeURIComponent(new Date(Date.now() - (n + 1) * 60_000).toISOString());
      const first = await ask(`&asOf=${moment}`);
      figures = first.values.length;
      if (n > 0) cold.push(first.ms);
      await pause(50);
    }
    await ask();
    for (let n = 0; n < 5 * options.tries; n++) warm.push((await ask()).ms);
    return { figures, cold, warm, coldP95: quantile(cold, 0.95), warmP95: quantile(warm, 0.95) };
  } finally {
    await room.dispose();
  }
}
