/**
 * What pushing to many screens costs: the product's sockets and a bare `ws` loop send the same messages on the same schedule to
 * as many clients, each side in a process of its own whose processor time is read. Rounds alternate in one run and the first
 * is dropped. A round counts only if every client got every message: on a machine that stands still for a second, the product
 * sends a snapshot to a client that is behind, in place of the patches it missed, and the round is measured again.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';
import { nodeFlags } from '../../../server/launch/server-process.mjs';
import { eventually } from '../../helpers/war-room.ts';
import { median, spread } from '../statistics.ts';
import { openScreens } from './screens.ts';
import { frameOf, patchAt, type Asked, type Told } from './told.ts';

export interface FanOutOptions {
  readonly clients: number;
  readonly messages: number;
  readonly perSecond: number;
  readonly rounds: number;
}
export interface FanOutReport {
  readonly lines: readonly string[];
  /** Deliveries per CPU-second, ours ÷ bare. */
  readonly ratio: number;
}
interface Round {
  readonly deliveries: number;
  readonly bytes: number;
  readonly cpuUs: number;
}

const sides = {
  bare: { script: './bare.ts', path: '/' },
  ours: { script: './ours.ts', path: `/socket.io/?EIO=4&transport=websocket&views=overview&protocol=${PROTOCOL_VERSION}` },
} as const;

export async function benchFanOut(options: FanOutOptions): Promise<FanOutReport> {
  const { clients, messages, perSecond, rounds } = options;
  const bare: Round[] = [];
  const ours: Round[] = [];
  let again = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const yard = await fanOutRound('bare', options);
    const mine = await fanOutRound('ours', options);
    if (yard.deliveries !== mine.deliveries) {
      again += 1;
      if (again > rounds) throw new Error('clients miss messages in most rounds: the machine is too busy to measure this');
      round -= 1;
      continue;
    }
    if (yard.bytes !== mine.bytes) throw new Error(`bare delivered ${String(yard.bytes)} bytes, ours ${String(mine.bytes)}`);
    process.stdout.write(`  round ${String(round)}: bare ${costOf(yard).toFixed(1)} µs, ours ${costOf(mine).toFixed(1)} µs a delivery\n`);
    if (round === 0) continue;
    bare.push(yard);
    ours.push(mine);
  }
  const ratios = ours.map((mine, i) => costOf(bare[i] ?? mine) / costOf(mine));
  const size = frameOf(patchAt(2)).length;
  return {
    ratio: median(ratios),
    lines: [
      `deliveries per CPU-second, ours ÷ bare ws: ${spread(ratios)} (must 0.65)`,
      `CPU µs a delivery: bare ${spread(bare.map(costOf), 1)}, ours ${spread(ours.map(costOf), 1)}`,
      `each round ${String(clients)} clients × ${String(messages)} messages of ${String(size)} characters at ${String(perSecond)}/s, all delivered on both sides, ${String(ours[0]?.bytes ?? 0)} bytes each; ${String(again)} rounds in which a client was behind measured again`,
    ],
  };
}

const costOf = ({ cpuUs, deliveries }: Round): number => cpuUs / deliveries;

/** One side alone. */
export async function fanOutRound(
  side: keyof typeof sides,
  { clients, messages, perSecond }: Omit<FanOutOptions, 'rounds'>,
): Promise<Round> {
  const { script, path } = sides[side];
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { execArgv: ['--no-warnings', ...nodeFlags] });
  try {
    const { port } = await told(child, 'port');
    const screens = await openScreens(port, clients, path);
    // What the handshakes left behind is not part of the measure.
    await sleep(500);
    const sent = told(child, 'sent');
    ask(child, { send: messages, perSecond });
    await sent;
    await eventually(
      'every client has its messages, or the snapshot that stands for them',
      async () => (screens.latest.every((revision) => revision === messages + 1) ? true : undefined),
      60_000,
    );
    const report = told(child, 'cpuUs');
    ask(child, { report: true });
    const { cpuUs } = await report;
    const deliveries = screens.counts.reduce((sum, count) => sum + count, 0);
    screens.close();
    return { deliveries, bytes: screens.bytes(), cpuUs };
  } finally {
    child.kill('SIGKILL');
  }
}

const ask = (child: ChildProcess, asked: Asked): void => void child.send(asked);

type Telling<K extends string> = Extract<Told, Readonly<Record<K, unknown>>>;

/** The next message of a kind; rejects when the process ends before. */
function told<K extends 'port' | 'sent' | 'cpuUs'>(child: ChildProcess, kind: K): Promise<Telling<K>> {
  return new Promise((resolve, reject) => {
    const isIt = (message: Told): message is Telling<K> => kind in message;
    const ended = (code: number | null): void => reject(new Error(`a sender ended with ${String(code)}`));
    child.once('exit', ended);
    const hear = (message: Told): void => {
      if (!isIt(message)) return;
      child.off('message', hear);
      child.off('exit', ended);
      resolve(message);
    };
    child.on('message', hear);
  });
}
