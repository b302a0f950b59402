/**
 * Durable ingest against the bare loop on the same topic: alternating rounds in one run,
 * each side in a process of its own, the first round dropped. Measured from the first
 * batch to the last event; the sums of every round are compared with the generator's.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KpiAnswer } from '../../shared/kpi/types.ts';
import type { Readiness } from '../../server/pipeline/services/services.ts';
import { startKafka } from '../helpers/kafka-broker.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import type { BenchTotals } from './orders.ts';
import { median, spread } from './statistics.ts';
import { fillTopic } from './topic.ts';

export interface IngestOptions {
  readonly count: number;
  readonly rounds: number;
}
interface Round {
  readonly perSecond: number;
  readonly cpuUs: number;
}
export interface IngestReport {
  readonly lines: readonly string[];
  readonly ratio: number;
  readonly residentMb: number;
  /** All processes of the server together, the ledger's included, once the ledger has followed and before anybody asked. */
  readonly togetherMb: number;
  readonly restartMs: number;
}

export async function benchIngest({ count, rounds }: IngestOptions): Promise<IngestReport> {
  const broker = await startKafka({ jvm: 'full' });
  const topic = 'bench.sales';
  try {
    const totals = await fillTopic({ brokers: broker.brokers, topic, partitions: 4, count, seed: 20261123 });
    const bare: Round[] = [];
    const ours: Round[] = [];
    let residentMb = 0;
    let togetherMb = 0;
    let restartMs = 0;
    for (let round = 0; round <= rounds; round++) {
      const yard = await bareRound(broker.brokers, topic, count, totals);
      const room = await warRoom({
        env: { KAFKA_BROKERS: broker.brokers.join(), KAFKA_TOPIC_SALES: topic, KAFKA_GROUP_ID: `bench-${String(round)}` },
      });
      try {
        const mine = await ourRound(room, count, totals);
        togetherMb = mine.togetherMb;
        process.stdout.write(
          `  round ${String(round)}: bare ${yard.perSecond.toFixed(0)} ev/s, durable ${mine.perSecond.toFixed(0)} ev/s\n`,
        );
        if (round > 0) {
          bare.push(yard);
          ours.push(mine);
        }
        if (round === rounds) {
          residentMb = resident(room);
          await room.kill('SIGTERM');
          const at = performance.now();
          await room.start();
          await ready(room);
          restartMs = performance.now() - at;
        }
      } finally {
        await room.dispose();
      }
    }
    const ratios = ours.map((mine, i) => mine.perSecond / (bare[i] as Round).perSecond);
    return {
      ratio: median(ratios),
      residentMb,
      togetherMb,
      restartMs,
      lines: [
        `durable ÷ bare loop, events/s: ${spread(ratios)} (must 0.20, goal 0.30)`,
        `bare loop: ${spread(
          bare.map((r) => r.perSecond),
          0,
        )} ev/s, ${spread(
          bare.map((r) => r.cpuUs),
          1,
        )} CPU µs/event`,
        `durable:   ${spread(
          ours.map((r) => r.perSecond),
          0,
        )} ev/s, ${spread(
          ours.map((r) => r.cpuUs),
          1,
        )} CPU µs/event`,
        `resident after ${String(count)} events: ${residentMb.toFixed(0)} MB (must 400); all processes, before anybody asked: ${togetherMb.toFixed(0)} MB (must 600)`,
        `start with ${String(count)} events in the store → ready: ${(restartMs / 1_000).toFixed(2)} s (must 5)`,
      ],
    };
  } finally {
    await broker.stop();
  }
}

async function bareRound(brokers: readonly string[], topic: string, count: number, totals: BenchTotals): Promise<Round> {
  const script = fileURLToPath(new URL('./bare-loop.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', script, brokers.join(), topic, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the bare loop ended with ${String(code)}`);
  const result = JSON.parse(text) as { events: number; ms: number; cpuUs: number; checksum: number };
  if (result.checksum !== totals.net) throw new Error(`the bare loop summed ${String(result.checksum)}, expected ${String(totals.net)}`);
  return { perSecond: (result.events * 1_000) / result.ms, cpuUs: result.cpuUs / result.events };
}

async function ourRound(room: WarRoom, count: number, totals: BenchTotals): Promise<Round & { readonly togetherMb: number }> {
  await room.start();
  const applied = async () => (await readiness(room)).consumed.applied;
  let first = 0;
  let before = 0;
  let cpuBefore = 0;
  while (first === 0) {
    before = await applied();
    if (before > 0) {
      first = performance.now();
      cpuBefore = cpuMs(room);
    } else await new Promise((resolve) => setTimeout(resolve, 5));
  }
  let seen = before;
  while (seen < count) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await applied();
  }
  const ms = performance.now() - first;
  const cpu = cpuMs(room) - cpuBefore;
  await followed(room);
  // The ledger gives memory back right after it has followed.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const togetherMb = together(room);
  await verify(room, totals);
  return { togetherMb, perSecond: ((count - before) * 1_000) / ms, cpuUs: (cpu * 1_000) / (count - before) };
}

/** Figures are asked once the ledger has followed: under a backlog it stands back for the line. */
async function followed(room: WarRoom): Promise<void> {
  const began = performance.now();
  await eventually('the ledger follows', async () => ((await readiness(room)).ledger.state === 'ready' ? true : undefined), 60_000);
  console.log(`  the ledger stands at the last commit ${((performance.now() - began) / 1_000).toFixed(1)} s after the last fold (must 60)`);
}

/** What was counted is what was generated. */
async function verify(room: WarRoom, totals: BenchTotals): Promise<void> {
  let net = 0;
  const years = new Set([new Date().getFullYear(), new Date(Date.now() - 31 * 86_400_000).getFullYear()]);
  for (const year of years) {
    const answer = await room.get<KpiAnswer>(`/api/kpis?grain=year&period=${String(year)}&kpi=net_sales`);
    net += answer.values[0]?.value ?? 0;
  }
  if (net !== totals.net) throw new Error(`net sales are ${String(net)}, expected ${String(totals.net)}`);
}

async function ready(room: WarRoom): Promise<void> {
  while (!(await readiness(room)).ready) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** /readyz answers 503 with the same body while not ready. */
export async function readiness(room: WarRoom): Promise<Readiness> {
  return (await (await fetch(`${room.url}/readyz`)).json()) as Readiness;
}

/** User and system time of the server process so far, all threads, ms (Linux: clock ticks of 10 ms). */
export function cpuMs(room: WarRoom): number {
  const stat = readFileSync(`/proc/${String(room.pid())}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export const resident = (room: WarRoom): number => residentOf(String(room.pid()));

/** The server and the processes it has started, MB. */
function together(room: WarRoom): number {
  const pid = String(room.pid());
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return [pid, ...children].filter((each) => each !== '').reduce((sum, each) => sum + residentOf(each), 0);
}

function residentOf(pid: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
