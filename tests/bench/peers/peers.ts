/**
 * The same work twice: orders of one topic taken once and added up by minute and four dimensions, by the server (which keeps
 * all its other figures as well) and by a Kafka Streams application. Both end with sums on disk, which are compared row by row.
 * What counts is the processor time of an event: of the server with its ledger, of the application with its caches written out.
 * Rounds alternate in one run. What the changelogs of the application cost the broker is not counted.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { ledgerFileOf } from '../../../server/compose/ledger.ts';
import { startKafka } from '../../helpers/kafka-broker.ts';
import { kafkaStreamsLibs } from '../../helpers/kafka-libs.ts';
import { eventually, warRoom, type WarRoom } from '../../helpers/war-room.ts';
import { pause, processesOf, readyz } from '../reads/server-side.ts';
import { median, spread } from '../statistics.ts';
import { fillTopic } from '../topic.ts';

export interface PeersReport {
  /** Events per CPU-second, ours ÷ peer. */
  readonly ratio: number;
  readonly wrong: readonly string[];
  readonly lines: readonly string[];
}

interface Side {
  readonly ms: number;
  readonly cpuUs: number;
  readonly cells: ReadonlyMap<string, number>;
}

const TOPIC = 'bench.peers';
const REPEAT_EVERY = 20;

export async function benchPeers({ count, rounds }: { readonly count: number; readonly rounds: number }): Promise<PeersReport> {
  const libs = kafkaStreamsLibs();
  const folder = mkdtempSync(path.join(tmpdir(), 'warroom-peers-'));
  const broker = await startKafka({ jvm: 'full' });
  try {
    const source = fileURLToPath(new URL('./StreamsPeer.java', import.meta.url));
    execFileSync('javac', ['--release', '17', '-cp', `${libs}/*`, '-d', path.join(folder, 'classes'), source], { stdio: 'inherit' });
    await fillTopic({ brokers: broker.brokers, topic: TOPIC, partitions: 4, count, seed: 20261130, repeatEvery: REPEAT_EVERY });
    const events = count + Math.floor(count / REPEAT_EVERY);
    const [ours, peers]: [Side[], Side[]] = [[], []];
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const peer = await peerRound({ libs, folder, brokers: broker.brokers, events, round });
      const mine = await ourRound(broker.brokers, count, round);
      wrong.push(...differences(mine.cells, peer.cells).map((text) => `round ${String(round)}: ${text}`));
      peers.push(peer);
      ours.push(mine);
      process.stdout.write(
        `  round ${String(round)}: peer ${told(peer, events)}; ours ${told(mine, events)}; ${String(mine.cells.size)} sums compared\n`,
      );
    }
    const ratios = ours.map((mine, i) => (peers[i]?.cpuUs ?? Number.NaN) / mine.cpuUs);
    const micros = (sides: readonly Side[]) =>
      spread(
        sides.map(({ cpuUs }) => cpuUs / events),
        1,
      );
    return {
      ratio: median(ratios),
      wrong,
      lines: [
        `events per CPU-second, ours ÷ Kafka Streams: ${spread(ratios)} (must 1.5, goal 2.5)`,
        `ours: ${micros(ours)} CPU µs/event, the ledger's process included; Kafka Streams: ${micros(peers)} CPU µs/event`,
      ],
    };
  } finally {
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ ms, cpuUs }: Side, events: number): string {
  return `${((events * 1_000) / ms).toFixed(0)} ev/s, ${(cpuUs / events).toFixed(1)} CPU µs/event`;
}

/** Rows that are not the same on both sides; the first ones in words. */
function differences(ours: ReadonlyMap<string, number>, peer: ReadonlyMap<string, number>): readonly string[] {
  const keys = new Set([...ours.keys(), ...peer.keys()]);
  const different = [...keys].filter((key) => ours.get(key) !== peer.get(key));
  const first = different
    .slice(0, 3)
    .map((key) => `${key.replaceAll('\t', ' · ')}: ours ${String(ours.get(key))}, peer ${String(peer.get(key))}`);
  return different.length === 0 ? [] : [`${String(different.length)} of ${String(keys.size)} sums differ: ${first.join('; ')}`];
}

async function peerRound(options: {
  readonly libs: string;
  readonly folder: string;
  readonly brokers: readonly string[];
  readonly events: number;
  readonly round: number;
}): Promise<Side> {
  const { libs, folder, brokers, events, round } = options;
  const state = path.join(folder, `state-${String(round)}`);
  const file = path.join(folder, `sums-${String(round)}.tsv`);
  const classpath = `${path.join(folder, 'classes')}:${libs}/*`;
  const child = spawn('java', ['-Xmx1g', '-cp', classpath, 'StreamsPeer', brokers.join(), TOPIC, String(events), state, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.on('exit', endWithUs);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  process.off('exit', endWithUs);
  if (code !== 0) throw new Error(`the Kafka Streams application ended with ${String(code)}`);
  const { ms, cpuUs } = JSON.parse(text) as { ms: number; cpuUs: number };
  // Each partition has sums of its own.
  const cells = new Map<string, number>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const at = line.lastIndexOf('\t');
    if (at > 0) cells.set(line.slice(0, at), (cells.get(line.slice(0, at)) ?? 0) + Number(line.slice(at + 1)));
  }
  rmSync(state, { recursive: true, force: true });
  return { ms, cpuUs, cells };
}

async function ourRound(brokers: readonly string[], count: number, round: number): Promise<Side> {
  const room = await warRoom({
    env: { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_SALES: TOPIC, KAFKA_GROUP_ID: `bench-peers-${String(round)}` },
  });
  try {
    await room.start();
    let applied = 0;
    const state = async () => {
      // A server under full load may drop a connection that stood idle: it is asked again.
      const { consumed, ledger } = await eventually('the server answers', () => readyz(room), 60_000);
      applied = consumed.applied;
      return { applied, followed: ledger.state === 'ready' && ledger.position >= ledger.head };
    };
    while ((await state()).applied === 0) await pause(5);
    const [began, before] = [performance.now(), cpuMs(room)];
    while ((await state()).applied < count) await pause(50);
    const ms = performance.now() - began;
    while (!(await state()).followed) await pause(50);
    const cpuUs = (cpuMs(room) - before) * 1_000;
    await room.kill('SIGTERM');
    if (applied !== count) throw new Error(`${String(applied)} orders were applied, ${String(count)} were sent`);
    return { ms, cpuUs, cells: await sumsOf(ledgerFileOf(path.join(room.dataDir, 'warroom.db'))) };
  } finally {
    await room.dispose();
  }
}

/** User and system time of the server and of the ledger's process so far. */
function cpuMs(room: WarRoom): number {
  return processesOf(room).reduce((sum, pid) => {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

async function sumsOf(file: string): Promise<ReadonlyMap<string, number>> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const rows = await connection.runAndReadAll(
      `select concat_ws(chr(9), "at" // 60000, d_channel, d_region, coalesce(d_campaign, ''), d_category), sum(m_paid)::double
       from rows_sales group by "at" // 60000, d_channel, d_region, d_campaign, d_category`,
    );
    return new Map(rows.getRows().map(([key, sum]) => [String(key), Number(sum)]));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
