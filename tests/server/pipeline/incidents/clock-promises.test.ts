/**
 * Ten thousand deadlines over ten minutes of fake time, through restarts, failed commits, steps of the wall clock and an
 * hour that comes twice: what T1 to T8 promise of them. Deadlines count from detections, which are a source's, so the true
 * time is the one that nobody sets.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { createClockWatch } from '../../../../server/pipeline/incidents/clock-watch.ts';
import { createDeadlines, type Deadlines } from '../../../../server/pipeline/incidents/deadlines.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { AuditLine } from '../../../../shared/incidents/types.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { at, calendar, incidentRig, T0, type Rig } from './incident-rig.ts';

const SECONDS = 600;
const SLA_MS = SECONDS * 1_000;
/** The two seconds of the clock behind, the second between two looks, and the rests between transactions of what fires then. */
const MOST_LATE_MS = 3_500;

interface Firing {
  readonly incidentId: string;
  readonly at: number;
}
let rig: Rig;
afterEach(() => rig.close());

/** The scanner as the server runs it, on a store whose commits fail at random before or after they are durable. */
class Scanner {
  readonly fired: Firing[] = [];
  /** True times at which a commit was made to fail. */
  readonly faults: number[] = [];
  restarts = 0;
  #running: Deadlines | null = null;
  readonly #problems = createProblems();
  readonly #random: Random;
  readonly #trueNow: () => number;

  constructor(random: Random, trueNow: () => number) {
    this.#random = random;
    this.#trueNow = trueNow;
  }

  async start(): Promise<void> {
    this.restarts += 1;
    const commit = rig.committing({ write: (work) => this.#write(work) });
    // The uptime of the machine goes on over restarts of the process, within one boot.
    const machine = { uptime: () => rig.time.monotonic(), boot: 'boot' };
    const about = { calendar, problems: this.#problems, logger: silentLogger, onReceiptsCorrected: () => undefined };
    const watch = createClockWatch({ commit, clock: rig.time, machine, ...about });
    const parts = { commit, watch, clock: rig.time, timers: rig.time, problems: this.#problems, logger: silentLogger };
    this.#running = createDeadlines({ ...parts, metrics: { clockFired: () => undefined } });
    void this.#running.run();
    await this.quiet();
  }

  async restart(): Promise<void> {
    await this.stop();
    await rig.restart();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** Every wait of the scanner ends when it is over, also the short ones between two transactions of a flood. */
  async second(): Promise<void> {
    const end = rig.time.monotonic() + 1_000;
    while (rig.time.nextAt <= end) {
      rig.time.pass(rig.time.nextAt - rig.time.monotonic());
      await this.quiet();
    }
    rig.time.pass(end - rig.time.monotonic());
  }

  async quiet(): Promise<void> {
    while (rig.time.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Says when each breach was made durable, also where the scanner never heard of it. */
  #write: Store['write'] = async (work) => {
    const fate = this.#random.next();
    const away = new Unavailable('disk_full', 'planted');
    if (fate < 0.01) {
      this.faults.push(this.#trueNow());
      throw away;
    }
    const now: Firing[] = [];
    const done = await rig.store.write((tx) =>
      work({
        ...tx,
        async fireClock(incidentId, ...rest) {
          const first = await tx.fireClock(incidentId, ...rest);
          if (first) now.push({ incidentId, at: 0 });
          return first;
        },
      }),
    );
    const when = this.#trueNow();
    this.fired.push(...now.map((one) => ({ ...one, at: when })));
    if (fate >= 0.01 && fate < 0.02) {
      this.faults.push(this.#trueNow());
      throw away;
    }
    return done;
  };
}

/** Stories whose response deadlines fall at random over the ten minutes; some are answered before. */
async function stories(random: Random, start: number, deadlines: number): Promise<ReadonlyMap<string, number>> {
  await rig.policy('sla', { responseMs: SLA_MS, disposalMs: 30 * 86_400_000 });
  const mentions = Array.from({ length: deadlines }, (_, n) => {
    const dueAt = start + 1_000 + random.below(SLA_MS - 5_000);
    return { id: `m${n}`, data: { storyId: `S${n}`, detectedAt: at(dueAt - SLA_MS) }, occurredAt: dueAt - SLA_MS - 1 };
  });
  for (let n = 0; n < deadlines; n += 500) await rig.publish(...mentions.slice(n, n + 500));
  const due = new Map<string, number>();
  for (let after: readonly [number, number] | null = null, more = true; more;) {
    const page: Awaited<ReturnType<typeof rig.store.reads.incidents>> = await rig.store.reads.incidents({ open: true, limit: 500, after });
    for (const { id, clocks } of page.rows) due.set(id, clocks.find(({ name }) => name === 'response')?.dueAt ?? 0);
    after = page.next === null ? null : [page.next[0] ?? 0, page.next[1] ?? 0];
    more = after !== null;
  }
  return due;
}

const count = (trail: readonly AuditLine[], action: string): number => trail.filter((line) => line.action === action).length;
const p99 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;

describe.each([
  ['ten thousand deadlines while the wall clock is stepped', 10_000, T0, 'Asia/Shanghai', true],
  // 2026-11-01T05:55Z: five minutes before New York's clocks go back by an hour.
  ['two thousand deadlines while an hour comes twice', 2_000, Date.UTC(2026, 10, 1, 5, 55), 'America/New_York', false],
] as const)('%s', (_name, deadlines, start, timeZone, steps) => {
  it('[T1] [T2] [T3] [T4] [T5] [T8] none early, none lost, none twice, nearly all within two seconds', async () => {
    const random = seededRandom(testSeed('clock-promises'));
    rig = await incidentRig({ start, timeZone });
    const due = await stories(random, start, deadlines);
    expect(due.size).toBe(deadlines);
    const trueNow = () => start + rig.time.monotonic();
    const scanner = new Scanner(random, trueNow);
    await scanner.start();

    const restartsAt = new Set(Array.from({ length: 8 }, () => random.below(SECONDS)));
    const [behind, ahead] = [10 + random.below(20), 100 + random.below(400)];
    const hour = 3_600_000;
    for (let second = 0; second < SECONDS; second += 1) {
      if (steps && second === ahead) rig.time.step(hour);
      if (steps && second === ahead + 40) rig.time.step(-hour);
      if (steps && second === behind) rig.time.step(-hour);
      if (steps && second === behind + 2) rig.time.step(hour);
      if (restartsAt.has(second)) await scanner.restart();
      await scanner.second();
    }
    for (let second = 0; second < 5; second += 1) await scanner.second();
    await scanner.stop();

    const times = new Map<string, number[]>();
    for (const firing of scanner.fired) times.set(firing.incidentId, [...(times.get(firing.incidentId) ?? []), firing.at]);
    const firsts = [...due].flatMap(([id, dueAt]) => (times.get(id) ?? []).slice(0, 1).map((when) => [dueAt, when] as const));
    const lateness = firsts.map(([dueAt, when]) => when - dueAt);
    // A commit that fails costs the look of that second. For two seconds nothing can fire while the clock is an hour behind; once
    // it is right, what had fired in that hour, which the step overturned, fires again with what fell due, the oldest first.
    const failed = (from: number, to: number): number => scanner.faults.filter((one) => one >= from && one <= to).length;
    const ownLateness = firsts.map(([dueAt, when]) => when - dueAt - failed(dueAt, when) * 1_000);
    expect(
      lateness.filter((ms) => ms < 0),
      'early',
    ).toEqual([]);
    expect(
      [...due.keys()].filter((id) => !times.has(id)),
      'lost',
    ).toEqual([]);
    // The clock set back by an hour overturns what fired before, with a line each; what stands is one breach [T8].
    const again = [...times].filter(([, all]) => all.length > 1);
    const standing = await Promise.all(
      again.map(async ([id]) => count(await rig.trail(id), 'clock_fired') - count(await rig.trail(id), 'breach_overturned')),
    );
    expect(
      standing.filter((breaches) => breaches !== 1),
      'twice',
    ).toEqual([]);
    expect(again.length).toBeLessThan(steps ? deadlines / 10 : 1);
    expect(p99(lateness)).toBeLessThanOrEqual(2_000);
    expect(Math.max(...ownLateness)).toBeLessThanOrEqual(MOST_LATE_MS);
    expect(scanner.restarts).toBeGreaterThan(1);
    expect(scanner.faults.length).toBeGreaterThan(0);
    const { rows } = await rig.store.reads.incidents({ open: true, limit: 500, after: null });
    // Breaches in the trail name the deadline they broke.
    for (const { id } of rows.slice(0, 100)) {
      const breaches = (await rig.trail(id)).filter(({ action }) => action === 'clock_fired');
      expect([...new Set(breaches.map(({ detail }) => detail['dueAt']))]).toEqual([due.get(id)]);
    }
  }, 180_000);
});
