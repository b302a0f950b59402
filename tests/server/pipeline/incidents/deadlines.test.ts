import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeadlines, restAfter, type Deadlines, type DeadlinesParts } from '../../../../server/pipeline/incidents/deadlines.ts';
import { createClockWatch, type ClockWatch } from '../../../../server/pipeline/incidents/clock-watch.ts';
import { fireDue } from '../../../../server/pipeline/incidents/fire-due.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { Commit } from '../../../../server/pipeline/ports/commit.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import { at, calendar, incidentRig, T0, type Rig } from './incident-rig.ts';

const response = 5_000;

let rig: Rig;
let running: Deadlines | null;
let lateness: number[];
const problems = createProblems();
beforeEach(async () => {
  rig = await incidentRig();
  running = null;
  lateness = [];
  await rig.policy('sla', { responseMs: response, disposalMs: 86_400_000 });
});
afterEach(async () => {
  await running?.stop();
  await rig.close();
});

function watching(commit: Commit, slept = () => 0): ClockWatch {
  const machine = { uptime: () => rig.time.monotonic() + slept(), boot: 'boot' };
  const about = { calendar, problems, logger: silentLogger, onReceiptsCorrected: () => undefined };
  return createClockWatch({ commit, clock: rig.time, machine, ...about });
}

function start(over: Partial<DeadlinesParts> = {}): Promise<void> {
  const commit = over.commit ?? rig.committing();
  running = createDeadlines({
    commit,
    watch: watching(commit),
    clock: rig.time,
    timers: rig.time,
    problems,
    metrics: { clockFired: (ms) => lateness.push(ms) },
    logger: silentLogger,
    ...over,
  });
  void running.run();
  return quiet();
}
/** Until the scanner has finished its look and waits for the next. */
async function quiet(): Promise<void> {
  while (rig.time.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
}
/** Second by second, each look finished before the next. */
async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    rig.time.pass(1_000);
    await quiet();
  }
}
const only = async () => {
  const [incident, ...more] = await rig.open();
  if (incident === undefined || more.length > 0) throw new Error('expected one incident');
  return incident;
};
const breaches = async () => (await only()).audit.filter((line) => line.action === 'clock_fired');

describe('deadlines', () => {
  it('[T2] [T5] fire within a second of being due and not before', async () => {
    await rig.publish({ id: 'm1' });
    await start();
    rig.time.pass(4_999);
    await quiet();
    expect(await breaches()).toEqual([]);
    await pass(2);
    const [breach] = await breaches();
    expect(breach?.at).toBeGreaterThanOrEqual(T0 + response);
    expect(lateness).toHaveLength(1);
    expect(lateness[0]).toBeLessThanOrEqual(1_000);
    expect(rig.commits).toMatchObject([{ touched: ['incidents'] }]);
  });

  it('[T3] overdue at start: fire at once, oldest first, marked with their lateness', async () => {
    await rig.publish(
      { id: 'late', data: { storyId: 'late', detectedAt: at(T0 - 1) } },
      { id: 'later', data: { storyId: 'later', detectedAt: at(T0 - 2) } },
    );
    rig.time.pass(8_000);
    await rig.restart();
    await start();
    expect(lateness).toEqual([8_000 - response + 2, 8_000 - response + 1]);
    const all = await rig.open();
    for (const incident of all) {
      expect(incident.clocks[0]).toMatchObject({ state: 'fired', firedAt: T0 + 8_000 });
      expect(incident.audit.at(-1)).toMatchObject({ action: 'clock_fired', actor: 'system' });
    }
  });

  it('[T4] fire once: across scans, restarts, and two scanners at the same moment', async () => {
    await rig.publish({ id: 'm1' });
    rig.time.pass(response);
    const time = { now: rig.time.now(), trusted: rig.time.now() };
    const both = await Promise.all([fireDue(rig.committing(), time, 10), fireDue(rig.committing(), time, 10)]);
    expect(both.flatMap(({ fired }) => fired)).toHaveLength(1);
    await rig.restart();
    await start();
    await pass(3);
    expect(await breaches()).toHaveLength(1);
    expect(await rig.store.reads.counts()).toMatchObject({ outbox: 2 });
  });

  it('both clocks of one incident due at once are one change of it', async () => {
    await rig.policy('sla', { responseMs: response, disposalMs: response });
    await rig.publish({ id: 'm1' });
    rig.time.pass(response);
    await start();
    expect(await breaches()).toHaveLength(2);
    expect(await only()).toMatchObject({ version: 2, clocks: [{ state: 'fired' }, { state: 'fired' }] });
  });

  it('[T1] an answered clock does not fire', async () => {
    await rig.publish({ id: 'm1' });
    const { id } = await only();
    await rig.service.command(id, { commandId: 'r', expectedVersion: 1, actor: '林悦', type: 'respond', text: '在' }, T0 + 1);
    rig.time.pass(response + 1);
    await start();
    expect(await breaches()).toEqual([]);
  });

  it('[T6] an answer that arrived in time but was committed after the firing withdraws the breach; both stay', async () => {
    await rig.publish({ id: 'm1' });
    const { id } = await only();
    rig.time.pass(response);
    await start();
    const { version } = await only();
    await rig.service.command(id, { commandId: 'r', expectedVersion: version, actor: '林悦', type: 'respond', text: '在' }, T0 + response);
    const after = await only();
    expect(after.clocks[0]).toMatchObject({ state: 'met', firedAt: T0 + response });
    expect(after.audit.map((line) => line.action)).toEqual(['opened', 'clock_fired', 'breach_overturned', 'responded']);
    // Nobody is on a roster here: nobody was told of the breach, so nobody is told that it was none.
    expect(await rig.store.reads.counts()).toMatchObject({ outbox: 2 });
  });

  it('[T5] 10,000 due in one second all fire within 30 s, and the line has its turn between them', async () => {
    const mentions = Array.from({ length: 10_000 }, (_, i) => ({ id: `m${i}`, data: { storyId: `S${i}` } }));
    await rig.publish(...mentions);
    rig.time.pass(response);
    const logged: unknown[] = [];
    await start({ logger: { ...silentLogger, warn: (fields) => logged.push(fields) } });
    const rests: number[] = [];
    while (lateness.length < 10_000) {
      rests.push(rig.time.nextAt - rig.time.monotonic());
      rig.time.pass(rests.at(-1) ?? 0);
      await quiet();
    }
    const resting = rests.reduce((sum, ms) => sum + ms, 0);
    // More than half of the time is left for the work, which the bench measures.
    expect(resting).toBeLessThan(12_000);
    // The line is let in often, and no line of the log is written for each clock alone.
    expect(rests.length).toBeGreaterThanOrEqual(62);
    expect(resting).toBeGreaterThanOrEqual(5_000);
    expect(logged).toHaveLength(63);
    expect(lateness).toHaveLength(10_000);
    expect(await rig.store.reads.counts()).toMatchObject({ armedClocks: 10_000 });
  });

  it('[T5] a slow machine rests longer, and never so long that 10,000 take more than 30 s', () => {
    expect([0, 10, 40, 86, 100, 400].map(restAfter)).toEqual([100, 100, 100, 215, 250, 250]);
    // As long as a batch takes up to 200 ms, 63 of them and their rests end in time.
    expect(63 * (200 + restAfter(200))).toBeLessThan(30_000);
  });

  it('[T5] rests by how long the batch before took', async () => {
    await rig.publish(...Array.from({ length: 500 }, (_, i) => ({ id: `m${i}`, data: { storyId: `S${i}` } })));
    rig.time.pass(response);
    let ahead = 0;
    const commit: Commit = async (work) => {
      ahead += 80;
      return rig.committing()(work);
    };
    await start({ commit, watch: watching(rig.committing()), clock: { monotonic: () => rig.time.monotonic() + ahead } });
    expect(rig.time.nextAt - rig.time.monotonic()).toBe(200);
  });

  it('[T5] a deadline waits for no flood of calls: clocks come first after every rest', async () => {
    await rig.policy('sla', { responseMs: 3_600_000, disposalMs: 86_400_000 });
    await rig.publish(...Array.from({ length: 500 }, (_, i) => ({ id: `m${i}`, data: { storyId: `S${i}` } })));
    // Their backups are called after a quarter of an hour.
    await rig.publish({ id: 'x', data: { storyId: 'x', detectedAt: at(T0 + 900_150 - 3_600_000) } });
    rig.time.pass(900_000);
    const called: number[] = [];
    await start({ logger: { ...silentLogger, info: ({ steps }) => called.push(Number(steps)) } });
    expect(lateness).toEqual([]);
    expect(called).toHaveLength(1);
    while (lateness.length === 0) {
      rig.time.pass(rig.time.nextAt - rig.time.monotonic());
      await quiet();
    }
    expect(lateness[0]).toBeLessThan(1_000);
    expect(called.length).toBeLessThan(4);
  });

  it('a stop does not wait for the rest between two batches', async () => {
    await rig.publish(...Array.from({ length: 250 }, (_, i) => ({ id: `m${i}`, data: { storyId: `S${i}` } })));
    rig.time.pass(response);
    await start();
    expect(lateness).toHaveLength(160);
    await running?.stop();
    expect(lateness).toHaveLength(160);
  });

  it('a store that is away is tried again and said so; a bug ends the run', async () => {
    await rig.publish({ id: 'm1' });
    let away = true;
    const write: Store['write'] = (work) => (away ? Promise.reject(new Unavailable('disk_full', 'no space')) : rig.store.write(work));
    rig.time.pass(response);
    await start({ commit: rig.committing({ write }) });
    expect(problems.list()).toEqual(['store_unavailable']);
    away = false;
    await pass(1);
    expect(problems.list()).toEqual([]);
    expect(await breaches()).toHaveLength(1);

    const commit = rig.committing({ write: () => Promise.reject(new Error('bug')) });
    const broken = createDeadlines({
      commit,
      watch: watching(commit),
      clock: rig.time,
      timers: rig.time,
      problems,
      metrics: { clockFired: () => {} },
      logger: silentLogger,
    });
    await expect(broken.run()).rejects.toThrow('bug');
  });
});

describe('[T8] when the machine’s clock is set', () => {
  it('a forward step holds what is due only by it, five minutes at most, and shows the step', async () => {
    await rig.publish({ id: 'm1' });
    await start();
    await pass(1);
    rig.time.step(3_600_000);
    await pass(3);
    expect(await breaches()).toEqual([]);
    expect(problems.list()).toEqual(['clock_step']);
    // Due by elapsed time as well: no reason to hold any longer.
    await pass(2);
    expect(await breaches()).toHaveLength(1);
    expect(lateness[0]).toBeGreaterThanOrEqual(3_600_000 - response);
  });

  it('what stays due only by the step fires after five minutes', async () => {
    await rig.policy('sla', { responseMs: 3_000_000, disposalMs: 86_400_000 });
    await rig.publish({ id: 'm1' });
    await start();
    await pass(1);
    rig.time.step(3_600_000);
    await pass(295);
    expect(await breaches()).toEqual([]);
    await pass(10);
    expect(await breaches()).toHaveLength(1);
  });

  it('a step that is taken back fires nothing, and nothing twice', async () => {
    await rig.policy('sla', { responseMs: 3_000_000, disposalMs: 86_400_000 });
    await rig.publish({ id: 'm1' });
    await start();
    await pass(1);
    rig.time.step(3_600_000);
    await pass(2);
    rig.time.step(-3_600_000);
    await pass(400);
    expect(await breaches()).toEqual([]);
    rig.time.pass(2_600_000);
    await pass(2);
    expect(await breaches()).toHaveLength(1);
    rig.time.step(-3_600_000);
    await pass(3);
    expect(await breaches()).toHaveLength(1);
  });

  it('a machine that slept fires at once: elapsed time went on with the wall', async () => {
    await rig.publish({ id: 'm1' });
    let slept = 0;
    await start({ watch: watching(rig.committing(), () => slept) });
    await pass(1);
    rig.time.step(3_600_000);
    slept = 3_600_000;
    await pass(1);
    expect(await breaches()).toHaveLength(1);
  });
});
