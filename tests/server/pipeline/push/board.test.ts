import * as z from 'zod';
import { afterEach, describe, expect, it } from 'vitest';
import { policyDefaults } from '../../../../shared/kpi/targets.ts';
import { scenes } from '../../../../shared/screens/scenes.ts';
import { groupsOf } from '../../../../shared/wire/views/all.ts';
import type { Board } from '../../../../shared/screens/board.ts';
import { Untold, type BoardService, type PastReads } from '../../../../server/pipeline/ports/past.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createAnomalyWatch } from '../../../../server/pipeline/anomalies/watch.ts';
import { createViews } from '../../../../server/pipeline/push/views/all.ts';
import { createBoardService } from '../../../../server/pipeline/push/board.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import { openLivedDay } from '../../../helpers/lived-day.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import { nodesOf } from '../../../helpers/nodes.ts';
import { testSeed } from '../../../helpers/seed.ts';

const BEGIN = Date.parse('2026-11-23T08:00:00+08:00');
const DAY = 86_400_000;
const workspace = {
  ...{ name: 'test', demo: false, timeZone: 'Asia/Shanghai', currency: 'CNY', currencyDigits: 2, locale: 'zh-CN', brandsSet: true },
  wall: policyDefaults.wall,
};
const yieldIfDue = () => undefined;

let line: Line | undefined;
afterEach(async () => {
  await line?.close();
  line = undefined;
});

function boardOf({ store, ledger, calendar, clock }: Line, workspaceSince = 0): BoardService {
  return createBoardService({
    ...{ past: store.past, ledger, calendar, nodesOf, clock, yieldIfDue, workspaceSince },
    workspace: async () => workspace,
  });
}

async function seen(boards: BoardService, view: string, at: number, known: 'then' | 'now'): Promise<Board> {
  const answer = await boards.at({ view, at, known });
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer;
}

/**
 * Messages and channels are kept as they are now, so calls cannot be told; nor where a story stood whose mentions another one
 * has taken over since.
 */
const untold: readonly string[] = ['sentiment calls', 'sentiment nearest', 'sentiment spread'];
/** The reach of a story whose mentions have moved to another one since is not known. */
const withoutLostReach = (value: unknown, shown: unknown): unknown =>
  z.object({ reach: z.null() }).safeParse(value).success ? { ...z.looseObject({}).parse(shown), reach: null } : shown;

const span = (day: string) => ({ from: day, to: day });

/** What the wall shows now, group by group. */
async function wall({ store, sums, ledger, calendar, clock }: Line): Promise<ReadonlyMap<string, unknown>> {
  const { reads } = store;
  const anomalies = createAnomalyWatch({ ledger, reads, calendar, nodesOf, clock, yieldIfDue });
  const views = createViews({ reads, sums, anomalies, calendar, nodesOf, clock });
  const shown = new Map<string, unknown>();
  for (const { view } of scenes) {
    const { groups, read }: { groups: readonly string[]; read: (group: never) => Promise<unknown> } = views[view];
    for (const group of groups) shown.set(`${view} ${group}`, await read(group as never));
  }
  return shown;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const iso = (ms: number): string => new Date(ms).toISOString();

describe('the board as it was', () => {
  const first = testSeed('board as it was');
  it.each([first, first + 1])(
    '[R21] shows of every group what the wall showed at that minute, whatever came afterwards (seed %i)',
    async (seed) => {
      const day = await openLivedDay(seed, BEGIN);
      ({ line } = day);
      const recorded: { at: number; shown: ReadonlyMap<string, unknown> }[] = [];
      for (let i = 0; i < 4; i += 1) {
        const at = await day.live();
        recorded.push({ at, shown: await wall(line) });
      }
      const boards = boardOf(line);
      let restated = 0;
      for (const { at, shown } of recorded) {
        for (const { view } of scenes) {
          const then = await seen(boards, view, at, 'then');
          const now = await seen(boards, view, at, 'now');
          for (const { group } of [...then.notKept, ...now.notKept]) expect(untold).toContain(`${view} ${group}`);
          for (const [group, value] of Object.entries(then.state)) {
            const where = { seed, at: iso(at), view, group };
            expect({ ...where, value: plain(value) }).toEqual({
              ...where,
              value: withoutLostReach(value, plain(shown.get(`${view} ${group}`))),
            });
            if (JSON.stringify(now.state[group]) !== JSON.stringify(value)) restated += 1;
          }
        }
      }
      // A day on which nothing was restated afterwards would prove nothing.
      expect(restated).toBeGreaterThan(0);
    },
  );

  it('[R21] as known now counts what came late and was taken back, up to the minute, as the KPIs do', async () => {
    const day = await openLivedDay(first + 2, BEGIN);
    ({ line } = day);
    const at = await day.live();
    for (let i = 0; i < 3; i += 1) await day.live();
    const kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
    for (const known of ['then', 'now'] as const) {
      const query = { grain: 'day', period: '2026-11-23', kpis: ['net_sales'], by: null, where: [] } as const;
      const answer = await kpis.query({ ...query, asOf: at, knownAt: known === 'then' ? at : null });
      const { state } = await seen(boardOf(line), 'overview', at, known);
      expect(state['today']).toMatchObject({ net: isRefusal(answer) ? undefined : answer.values[0]?.value });
    }
  });

  it('refuses the future, what lies too far back and views of no scene, in words', async () => {
    line = await openLine({ now: iso(BEGIN) });
    const boards = boardOf(line);
    expect(await boards.at({ view: 'overview', at: BEGIN + 1, known: 'then' })).toMatchObject({ status: 400, code: 'future', path: 'at' });
    expect(await boards.at({ view: 'overview', at: BEGIN - 90 * DAY - 1, known: 'now' })).toMatchObject({
      status: 400,
      code: 'too_long_ago',
    });
    expect(await boards.at({ view: 'incidents', at: BEGIN, known: 'then' })).toMatchObject({ status: 404, code: 'unknown_view' });
  });

  it('says of every group that nothing was shown before the workspace was made', async () => {
    line = await openLine({ now: iso(BEGIN) });
    const boards = boardOf(line, BEGIN - DAY);
    const { state, notKept } = await seen(boards, 'overview', BEGIN - 2 * DAY, 'then');
    expect(state).toEqual({});
    expect(new Set(notKept.map(({ reason }) => reason))).toEqual(new Set(['before_workspace']));
    expect(notKept.map(({ group }) => group)).toEqual(groupsOf('overview'));
    expect((await seen(boards, 'overview', BEGIN - 2 * DAY, 'now')).notKept).toEqual([]);
  });

  it('names a group that rests on what is kept only as it is now, and shows nothing of today in its place', async () => {
    line = await openLine({ now: iso(BEGIN) });
    const { store } = line;
    const untold: PastReads = {
      at: (moment, work) =>
        store.past.at(moment, (reads) =>
          work({ ...reads, engagement: () => Promise.reject(new Untold('engagement')), facts: reads.facts }),
        ),
    };
    await line.ingest([
      event('campaign.planned', iso(BEGIN - DAY), {
        ...{ campaignId: 'C', version: 1, name: '双12', owner: '陈放', kind: 'node', channels: ['天猫'], budget: 1_000, targets: {} },
        phases: { warmup: span('2026-11-20'), burst: span('2026-11-24'), review: span('2026-12-01') },
      }),
    ]);
    const { ledger, calendar, clock } = line;
    const boards = createBoardService({
      ...{ past: untold, ledger, calendar, nodesOf, clock, yieldIfDue, workspaceSince: 0, workspace: async () => workspace },
    });
    const board = await seen(boards, 'overview', BEGIN, 'then');
    expect(board.notKept).toEqual([{ group: 'campaigns', reason: 'not_kept' }]);
    expect(board.state).not.toHaveProperty('campaigns');
    expect(board.state).toHaveProperty('today');
  });

  it('refuses boards beyond a few that wait, so that looking back never piles up work', async () => {
    line = await openLine({ now: iso(BEGIN) });
    const gate = Promise.withResolvers<void>();
    const { store, ledger, calendar, clock } = line;
    const slow: PastReads = { at: (moment, work) => gate.promise.then(() => store.past.at(moment, work)) };
    const boards = createBoardService({
      ...{ past: slow, ledger, calendar, nodesOf, clock, yieldIfDue, workspaceSince: 0, workspace: async () => workspace },
    });
    const asked = Array.from({ length: 8 }, (_, i) => boards.at({ view: 'overview', at: BEGIN - i * 60_000, known: 'then' }));
    const last = asked.at(-1);
    await expect(last).rejects.toMatchObject({ code: 'overloaded' });
    const again = boards.at({ view: 'overview', at: BEGIN, known: 'then' });
    gate.resolve();
    const done = await Promise.allSettled(asked);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    expect(await again).toBe(await asked[0]);
  });
});
