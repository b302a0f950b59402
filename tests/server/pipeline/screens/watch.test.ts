/** Screens, their reports and the ladder over the real store, with time moved by hand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Roster } from '../../../../shared/incidents/roster.ts';
import type { PaintReport } from '../../../../shared/screens/screen-report.ts';
import type { Position } from '../../../../shared/wire/protocol.ts';
import { createClockWatch } from '../../../../server/pipeline/incidents/clock-watch.ts';
import { fireDueSteps } from '../../../../server/pipeline/incidents/fire-steps.ts';
import { createProblems, type Problems } from '../../../../server/pipeline/ports/problems.ts';
import { createScreenBook, type ScreenBook } from '../../../../server/pipeline/screens/book.ts';
import { createScreenWatch, type ScreenWatch } from '../../../../server/pipeline/screens/watch.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { at, calendar, incidentRig, T0, type Rig } from '../incidents/incident-rig.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BUDGET = MINUTE;
/** When a story of two hours turns red. */
const RED = T0 + 105 * MINUTE;
const WALL = 'wall-0000001';

let rig: Rig;
let problems: Problems;
let book: ScreenBook;
let watch: ScreenWatch;
let revision: number;
let states: Record<string, number>;
let unshown: number;

/** What a start of the server makes over the rig's store. */
function start(): void {
  problems = createProblems();
  const commit = rig.committing();
  book = createScreenBook({ reads: rig.store.reads, commit, clock: rig.time });
  watch = createScreenWatch({
    ...{ book, reads: rig.store.reads, commit, problems, timers: rig.time, logger: silentLogger },
    watch: createClockWatch({
      ...{ commit, clock: rig.time, problems: createProblems(), logger: silentLogger },
      machine: { uptime: () => rig.time.monotonic(), boot: 'boot' },
      calendar,
      onReceiptsCorrected: () => undefined,
    }),
    positions: () => ({ overview: position() }),
    budgetMs: async () => BUDGET,
    metrics: { screens: (byState) => (states = byState), unshownStory: () => unshown++ },
  });
}
beforeEach(async () => {
  rig = await incidentRig();
  revision = 1;
  unshown = 0;
  start();
});
afterEach(() => rig.close());

const position = (): Position => ({ epoch: 'e', revision });
const reportOf = (change: Partial<PaintReport> = {}): PaintReport => ({
  ...{ scene: 'overview', positions: { overview: position() }, paintedAt: rig.time.now(), visible: true },
  ...{ size: [1_920, 1_080, 1], build: 'b', red: [] },
  ...change,
});
async function paint(change: Partial<PaintReport> = {}, id = WALL): Promise<void> {
  const answer = await book.report(id, reportOf(change), rig.time.now());
  if ('refused' in answer) throw new Error(answer.detail);
  if (change.red) await watch.painted(id, change.red, rig.time.now());
}
/** Lets time pass second by second, as the watch looks, until this many seconds after T0. */
async function upTo(instant: number, each: () => Promise<void> = async () => undefined): Promise<void> {
  while (rig.time.now() < instant) {
    rig.time.pass(Math.min(SECOND, instant - rig.time.now()));
    await each();
    await watch.look();
  }
}
/** A jump over quiet hours. */
async function jump(instant: number): Promise<void> {
  rig.time.pass(instant - rig.time.now());
  await watch.look();
}

describe('a screen that froze', () => {
  it('[SC1] is known within 10 s when it reports nothing any more, and the problem goes when it paints again', async () => {
    await paint({ name: '前台' });
    await upTo(T0 + 4 * SECOND);
    expect(problems.list()).toEqual([]);
    await paint();
    const frozenAt = rig.time.now();
    while (problems.list().length === 0 && rig.time.now() < frozenAt + 20 * SECOND) await upTo(rig.time.now() + SECOND);
    expect(problems.list()).toEqual(['screen_frozen']);
    expect(rig.time.now() - frozenAt).toBeLessThanOrEqual(10 * SECOND);
    expect(states).toEqual({ painting: 0, frozen: 1, hidden: 0, closed: 0, offline: 0 });
    await paint();
    await watch.look();
    expect(problems.list()).toEqual([]);
  });

  it('[SC1] is known within 10 s when it reports an old revision while newer ones are pushed', async () => {
    await paint({ name: '前台' });
    await watch.look();
    const frozenAt = rig.time.now();
    revision = 2;
    const old = { positions: { overview: { epoch: 'e', revision: 1 } } };
    let seconds = 0;
    await upTo(frozenAt + 10 * SECOND, async () => {
      if (++seconds % 4 === 0) await paint(old);
    });
    expect(problems.list()).toEqual(['screen_frozen']);
    expect((await book.views())[0]).toMatchObject({ state: 'frozen', behindMs: 9_000 });
    await paint();
    await watch.look();
    expect((await book.views())[0]).toMatchObject({ state: 'painting', behindMs: 0, name: '前台' });
  });

  it('[SC1] without a name it is counted and raises no alarm: it may be anybody’s browser', async () => {
    await paint();
    await upTo(T0 + 12 * SECOND);
    expect([states['frozen'], problems.list()]).toEqual([1, []]);
  });
});

describe('what is remembered of screens', () => {
  it('[SC3] names and last reports survive a restart; a name from an address is taken only where there is none', async () => {
    await paint({ name: '前台' });
    await paint({ name: '仓库' });
    expect((await book.views())[0]?.name).toBe('前台');
    expect(await book.rename(WALL, '会议室')).toBe(true);
    await book.flush();
    await rig.restart();
    start();
    expect((await book.views())[0]).toMatchObject({
      id: WALL,
      name: '会议室',
      state: 'offline',
      scene: 'overview',
      size: [1_920, 1_080, 1],
    });
    await paint({ name: '前台' });
    expect((await book.views())[0]).toMatchObject({ name: '会议室', state: 'painting' });
    expect(await book.forget(WALL)).toBe(true);
    expect([await book.forget(WALL), await book.rename(WALL, 'x'), await book.nameOf(WALL)]).toEqual([false, false, undefined]);
    await rig.restart();
    start();
    expect(await book.views()).toEqual([]);
  });

  it('[SC3] a screen that reports more often than once a second is refused, and after a while taken again', async () => {
    for (let i = 0; i < 10; i++) await paint();
    expect(await book.report(WALL, reportOf(), rig.time.now())).toMatchObject({ status: 429, code: 'too_many_reports' });
    rig.time.pass(SECOND);
    await paint();
    await paint({}, 'wall-0000002');
  });

  it('[SC3] the 501st screen is refused while all places are in use', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, i) => paint({}, `screen-${i}-00000`)));
    expect(await book.report('one-too-many', reportOf(), rig.time.now())).toMatchObject({ status: 409, code: 'too_many_screens' });
    expect(await book.views()).toHaveLength(500);
    rig.time.pass(11 * MINUTE);
    await paint({}, 'one-too-many');
    expect(await book.views()).toHaveLength(500);
  });
});

describe('a red story that no screen painted', () => {
  const person = (id: string, name: string) => ({ id, name, roles: ['duty' as const, 'lead' as const], contacts: [{ channel: 'wecom' }] });
  const roster: Roster = {
    people: [person('lin', '林悦'), person('zhou', '周岚')],
    shifts: [
      { role: 'duty', person: 'lin', from: at(T0 - MINUTE), to: at(T0 + 600 * MINUTE) },
      { role: 'lead', person: 'zhou', from: at(T0 - MINUTE), to: at(T0 + 600 * MINUTE) },
    ],
  };
  const early = async (id: string) =>
    (await rig.trail(id)).filter(({ action, detail }) => action === 'escalated' && detail['early'] === 'not_shown');

  beforeEach(async () => {
    await rig.policy('roster', roster);
    await rig.policy('ladder', {
      steps: [
        { afterMs: 0, when: 'always', to: ['duty'] },
        { afterMs: 110 * MINUTE, when: 'unclaimed', to: ['lead'] },
        { afterMs: 120 * MINUTE, when: 'breached', to: ['lead'] },
      ],
    });
    await rig.publish({ id: 'm1' });
  });
  const only = async (): Promise<string> => {
    const [incident] = await rig.open();
    if (incident === undefined) throw new Error('no incident is open');
    return incident.id;
  };

  it('[SC2] calls the ladder’s next step early when the budget is over: not before, and once, with a line of the audit', async () => {
    const id = await only();
    await paint({ name: '前台' });
    await jump(RED - MINUTE);
    await upTo(RED + BUDGET - SECOND);
    expect(await early(id)).toEqual([]);
    await upTo(RED + BUDGET + SECOND);
    expect(await early(id)).toMatchObject([{ detail: { step: 'ladder:1', people: ['周岚'], latenessMs: 0 } }]);
    await upTo(RED + 3 * MINUTE);
    await rig.restart();
    start();
    await upTo(RED + 6 * MINUTE);
    // Its own time has passed by now; it has called already.
    await fireDueSteps(rig.committing(), { now: rig.time.now(), trusted: rig.time.now() }, 100);
    expect((await rig.trail(id)).filter(({ action }) => action === 'escalated')).toHaveLength(2);
    expect(unshown).toBe(1);
    const told = (await rig.store.reads.messages({ limit: 50, after: null })).rows.map(({ content }) => content.why);
    expect(told).toContain('没有任何屏幕显示过这条舆情，提前通知');
  });

  it('[SC2] calls nobody for one that any visible screen painted, also across a restart', async () => {
    const id = await only();
    await paint({ name: '前台' });
    await jump(RED - MINUTE);
    await upTo(RED + 10 * SECOND);
    await paint({ red: [id] }, 'laptop-00001');
    expect(watch.red()).toMatchObject([{ incidentId: id, paintedAt: RED + 10 * SECOND }]);
    await rig.restart();
    start();
    await upTo(RED + 4 * MINUTE);
    expect([await early(id), unshown]).toEqual([[], 0]);
    expect(watch.red()).toMatchObject([{ paintedAt: RED + 10 * SECOND, calledAt: null }]);
  });

  it('[SC2] does not count a painting from before the story was red', async () => {
    const id = await only();
    await paint({ name: '前台', red: [id] });
    await jump(RED - MINUTE);
    await upTo(RED + BUDGET + SECOND);
    expect(await early(id)).toHaveLength(1);
  });

  it('[SC2] calls nobody while no screen has a name, and none for a story that somebody has claimed', async () => {
    const id = await only();
    await paint();
    await jump(RED - MINUTE);
    await upTo(RED + 2 * MINUTE);
    expect(await early(id)).toEqual([]);
    const expectedVersion = (await rig.open())[0]?.version ?? 0;
    await rig.service.command(id, { type: 'claim', actor: '林悦', commandId: 'c1', expectedVersion }, rig.time.now());
    await book.rename(WALL, '前台');
    await upTo(RED + 4 * MINUTE);
    expect(await early(id)).toEqual([]);
  });

  it('[SC2] the budget counts anew from a start of the server', async () => {
    const id = await only();
    await paint({ name: '前台' });
    await book.flush();
    await jump(RED + 10 * SECOND);
    await rig.restart();
    rig.time.pass(10 * MINUTE);
    start();
    await watch.look();
    await upTo(rig.time.now() + BUDGET - SECOND);
    expect(await early(id)).toEqual([]);
  });
});
