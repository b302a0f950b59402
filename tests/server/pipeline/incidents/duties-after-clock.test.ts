/** A clock of this machine that was days ahead: what came meanwhile is no history, and nobody misses an alert for it [T8]. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClockWatch, type ClockWatch } from '../../../../server/pipeline/incidents/clock-watch.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import type { Commit } from '../../../../server/pipeline/ports/commit.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { at, calendar, incidentRig, keyOf, T0, type Rig } from './incident-rig.ts';

const hour = 3_600_000;
const day = 24 * hour;
const STEP = 3 * day;

let rig: Rig;
let watch: ClockWatch;

function watching(commit: Commit = rig.committing()): ClockWatch {
  const machine = { uptime: () => rig.time.monotonic(), boot: 'boot' };
  const about = { calendar, problems: createProblems(), logger: silentLogger, onReceiptsCorrected: () => undefined };
  return createClockWatch({ commit, clock: rig.time, machine, ...about });
}
/** Intake is told of every doubt, as the server tells it. */
async function read(): Promise<void> {
  await watch.read();
  rig.otherwise = watch.otherwise();
  rig.epoch = watch.receipts.epoch();
}
/** Steps the clock and looks at it a second later, as the server does. */
async function step(ms: number): Promise<void> {
  rig.time.step(ms);
  await pass(1_000);
}
async function pass(ms: number): Promise<void> {
  rig.time.pass(ms);
  await read();
}
async function restart(): Promise<void> {
  await rig.restart();
  watch = watching();
}
/** True time: what people's watches show. */
const real = () => T0 + rig.time.monotonic();
const published = (id: string, ageMs = 60_000, more: Record<string, unknown> = {}) =>
  rig.publish({ id, occurredAt: real() - ageMs, data: { storyId: id, ...more } });
const opened = async () => (await rig.open()).map(({ storyId }) => String(storyId)).toSorted((a, b) => a.localeCompare(b));
const pending = async () => (await rig.store.reads.pendingHistory({ limit: 100, after: null })).total;
const responseOf = async (id: string) => {
  const story = (await rig.open()).find(({ storyId }) => storyId === id);
  return story?.clocks.find(({ name }) => name === 'response');
};

beforeEach(async () => {
  rig = await incidentRig();
  watch = watching();
});
afterEach(() => rig.close());

describe('[T8] [IC27] our clock steps three days forward while the server watches', () => {
  beforeEach(async () => {
    await read();
    await pass(hour);
    await step(STEP);
  });

  it('what is published now opens its story at once, long after the step too', async () => {
    await published('m1');
    await pass(10 * 60_000);
    await published('m2');
    await published('m3', 60_000, { detectedAt: at(real() - 1_000) });
    expect(await opened()).toEqual(['m1', 'm2', 'm3']);
    await step(-STEP);
    expect(await responseOf('m2')).toMatchObject({ state: 'armed' });
    expect(Math.abs(((await responseOf('m2'))?.startedAt ?? 0) - real())).toBeLessThan(10_000);
  });

  it('what came between the step and the look at the clock opens with the look', async () => {
    rig.time.step(day * 2);
    rig.otherwise = [];
    await published('m1');
    expect(await opened()).toEqual([]);
    await pass(500);
    expect(await opened()).toEqual(['m1']);
  });

  it('real history stays history by either clock', async () => {
    await published('old', 30 * hour);
    await published('older', 40 * day);
    expect(await opened()).toEqual([]);
    expect(await pending()).toBe(2);
    await step(-STEP);
    expect(await opened()).toEqual([]);
    expect(await pending()).toBe(2);
  });

  it('after a week the step was right, and what is three days old is history', async () => {
    await pass(8 * day);
    await published('m1');
    expect(await opened()).toEqual([]);
  });
});

describe('[T8] [IC27] our clock is three days ahead from the first reading', () => {
  beforeEach(async () => {
    rig.time.step(STEP);
    await read();
    await pass(hour);
    await published('live');
    await published('old', 30 * hour);
    await pass(hour);
  });

  it('set right: what was news opens with a whole response from then on, real history waits on', async () => {
    expect(await opened()).toEqual([]);
    await step(-STEP);
    expect(await opened()).toEqual(['live']);
    expect(await responseOf('live')).toMatchObject({ state: 'armed', startedAt: rig.time.now(), dueAt: rig.time.now() + 2 * hour });
    const [story] = await rig.open();
    expect(Math.abs((story?.hops.receivedAt ?? 0) - (real() - hour))).toBeLessThan(2_000);
    expect(await pending()).toBe(1);
    await pass(60_000);
    expect((await rig.open()).map(({ audit }) => audit.filter(({ action }) => action === 'opened').length)).toEqual([1]);
  });

  it('goes wrong again, which looks like being set right: what is published then opens at once', async () => {
    await step(-STEP);
    await pass(hour);
    await step(STEP);
    await published('again');
    expect(await opened()).toEqual(['again', 'live']);
  });

  it('set right in two steps', async () => {
    await step(-day);
    expect(await opened()).toEqual([]);
    await step(-2 * day);
    expect(await opened()).toEqual(['live']);
  });

  it('set right while the server is down', async () => {
    await restart();
    rig.time.step(-STEP);
    await pass(60_000);
    expect(await opened()).toEqual(['live']);
  });

  it('a mention that people have dismissed, or opened, stays as they left it', async () => {
    await published('theirs');
    const dismissal = { keys: [keyOf('live')], own: ['山澜'], actor: '林悦', reason: '旧闻', at: rig.time.now() };
    await rig.store.write((tx) => tx.dismissPending(dismissal));
    await rig.service.openHistory(keyOf('theirs'), { commandId: 'c1', actor: '林悦' }, rig.time.now());
    await step(-STEP);
    expect(await opened()).toEqual(['theirs']);
  });

  it('a correction that fails is made again whole, and one that is made is not made twice', async () => {
    rig.time.step(-STEP);
    rig.time.pass(1_000);
    const commit = rig.committing();
    let fails = 1;
    watch = watching((work) =>
      commit(async (...given) => {
        const done = await work(...given);
        if (fails-- > 0) throw new Error('planted: killed before the commit');
        return done;
      }),
    );
    await expect(watch.read()).rejects.toThrow('planted');
    expect(await opened()).toEqual([]);
    await restart();
    await read();
    await restart();
    await pass(1_000);
    expect(await opened()).toEqual(['live']);
  });
});

describe('[T8] our clock is three days behind', () => {
  it('what is published meanwhile opens at once, and two hours stay two hours once it is set right', async () => {
    await read();
    await step(-STEP);
    await published('m1');
    expect(await opened()).toEqual(['m1']);
    const since = real();
    await pass(hour);
    await step(STEP);
    expect(Math.abs(((await responseOf('m1'))?.dueAt ?? 0) - (since + 2 * hour))).toBeLessThan(2_000);
  });
});
