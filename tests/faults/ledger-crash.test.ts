/**
 * The ledger's proof: orders, refunds, corrections and leads stream into the real server while it, or the process that keeps
 * its ledger, is killed at random moments, so that every death falls somewhere between the two stores. Now and then, and in the
 * end, the ledger must equal a recount from the facts, and in the end figures must equal a count of what was sent.
 * `LEDGER_KILLS` and `LEDGER_SEED` set how often and which; a full run is `LEDGER_KILLS=200`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiAnswer } from '../../shared/kpi/types.ts';
import { childOf } from '../helpers/child-process.ts';
import { generateEvents, type CloudEvent } from '../helpers/event-generator.ts';
import { warroom } from '../helpers/program.ts';
import { seededRandom } from '../helpers/random.ts';
import { countSales } from '../helpers/sales-count.ts';
import { rounds } from '../helpers/long-form.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

const KILLS = rounds('LEDGER_KILLS', { short: 8, long: 200 });
const SEED = Number(process.env['LEDGER_SEED'] ?? Math.floor(Date.now() / 1_000));
/** Kills between two recounts. */
const RECOUNT_EVERY = 40;
const EVENTS_A_KILL = 40;
const BATCH = 15;

let room: WarRoom;
beforeAll(async () => {
  room = await warRoom({ startMs: 120_000 });
});
afterAll(() => room.dispose());

describe('the ledger between two stores', () => {
  it(`[I5] [I16] ${String(KILLS)} deaths of the server or of its ledger lose and double nothing`, { timeout: 3_600_000 }, async () => {
    process.stdout.write(`ledger crash proof: seed ${String(SEED)}, ${String(KILLS)} kills\n`);
    const random = seededRandom(SEED);
    const count = KILLS * EVENTS_A_KILL;
    const events = generateEvents({
      seed: SEED,
      count,
      until: Date.now() - 3 * 86_400_000,
      spanMs: 30 * 86_400_000,
      ids: Math.max(20, count / 20),
    });
    const stream = random.shuffle([...events, ...events.filter(() => random.chance(0.1))]);
    const feeding = feed(stream);
    const killed = { server: 0, ledger: 0 };
    await room.start();
    for (let kill = 0; kill < KILLS; kill++) {
      feeding.release((kill + 1) / KILLS);
      await new Promise((resolve) => setTimeout(resolve, random.below(400)));
      const engine = childOf(room.pid() ?? -1, 'ledger-process');
      if (engine !== undefined && random.chance(0.4)) {
        process.kill(engine, 'SIGKILL');
        killed.ledger += 1;
      } else {
        await room.kill('SIGKILL');
        killed.server += 1;
        await room.start();
      }
      if ((kill + 1) % RECOUNT_EVERY === 0) {
        await recounted(`after ${String(kill + 1)} kills`);
        await room.start();
      }
    }
    feeding.release(1);
    await feeding.done;
    await atRest();
    expect(await figures()).toEqual(countSales(events));
    await recounted('in the end');
    process.stdout.write(`ledger crash proof: the server died ${String(killed.server)} times, its ledger ${String(killed.ledger)} times\n`);
  });
});

/** Everything folded and moved; then the server stops, and its ledger is recounted. */
async function recounted(when: string): Promise<void> {
  await atRest();
  await room.kill('SIGTERM');
  const { code, output } = await warroom(['verify'], { DATA_DIR: room.dataDir });
  expect(output, `${when} (seed ${String(SEED)})`).toContain('equals the recount from facts');
  expect(output, `${when} (seed ${String(SEED)})`).not.toContain('written anew');
  expect(code).toBe(0);
}

async function atRest(): Promise<void> {
  let last = '';
  await eventually(
    'everything folded and in the ledger',
    async () => {
      last = await (await fetch(`${room.url}/readyz`)).text();
      const { lag, ledger } = JSON.parse(last) as { lag: number | null; ledger: { state: string } };
      return lag === 0 && ledger.state === 'ready' ? true : undefined;
    },
    180_000,
  ).catch((error: unknown) => {
    throw new Error(`seed ${String(SEED)}: ${last}\n${room.output()}`, { cause: error });
  });
}

async function figures(): Promise<{ net: number; orders: number }> {
  const now = new Date().getFullYear();
  const sums = { net: 0, orders: 0 };
  for (const year of [now - 1, now]) {
    const { values } = await room.get<KpiAnswer>(`/api/kpis?grain=year&period=${String(year)}&kpi=order_value`);
    sums.net += values[0]?.numerator ?? 0;
    sums.orders += values[0]?.denominator ?? 0;
  }
  return sums;
}

/** Sends the stream in small batches, never further than released; a batch whose answer was lost is sent again whole [I11]. */
function feed(stream: readonly CloudEvent[]): { readonly done: Promise<void>; release(share: number): void } {
  let released = 0;
  const run = async () => {
    for (let from = 0; from < stream.length;) {
      const batch = stream.slice(from, from + BATCH);
      const sent =
        from / stream.length < released &&
        (await room.send('POST', '/api/events', batch, 'application/cloudevents-batch+json').then(
          ({ status }) => status === 202,
          () => false,
        ));
      if (sent) from += BATCH;
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { done: run(), release: (share) => (released = Math.max(released, share)) };
}
