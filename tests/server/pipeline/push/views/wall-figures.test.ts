/** Every figure of the wall that is a KPI, against GET /api/kpis of the same moment, over days of random events [KP16]. */
import { afterEach, expect, it } from 'vitest';
import { createOverviewView } from '../../../../../server/pipeline/push/views/overview.ts';
import { createKpiService } from '../../../../../server/pipeline/services/kpis.ts';
import type { KpiQuery } from '../../../../../server/pipeline/services/services.ts';
import { parseDay } from '../../../../../server/domain/time/calendar.ts';
import { periodOf } from '../../../../../server/domain/time/period.ts';
import { campaignPlanned } from '../../../../../shared/events/campaign-planned.ts';
import type { Target } from '../../../../../shared/kpi/targets.ts';
import type { Grain, KpiValue } from '../../../../../shared/kpi/types.ts';
import type { Attainment, OverviewState } from '../../../../../shared/wire/views/overview.ts';
import { generateEvents } from '../../../../helpers/event-generator.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';
import { seededRandom } from '../../../../helpers/random.ts';
import { testSeed } from '../../../../helpers/seed.ts';
import { noAnomalies } from '../../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../../helpers/nodes.ts';

const HOUR = 3_600_000;
let line: Line | undefined;
afterEach(() => line?.close());

const target = (grain: Target['grain'], period: string, value: number, channel?: string): Target => ({
  ...{ kpi: 'net_sales', grain, period, value, owner: '林悦', reason: '测试' },
  ...(channel === undefined ? {} : { dimension: { channel } }),
});
/** Running since before every sale, so that what it brought is that of the year. */
const planned = (campaignId: string) =>
  event('campaign.planned', '2026-01-01T00:00:00+08:00', {
    ...campaignPlanned.example,
    campaignId,
    phases: {
      warmup: { from: '2026-01-01', to: '2026-01-31' },
      burst: { from: '2026-02-01', to: '2026-12-31' },
      review: { from: '2027-01-01', to: '2027-01-10' },
    },
  });

it('[SE1] [SE5] says what the API says of the day, its like day, its hours and channels, the month, the quarter and campaigns, with targets and landings', async () => {
  const seed = testSeed('wall figures');
  const random = seededRandom(seed);
  const opened = await openLine({ now: '2026-11-22T19:00:00+08:00' });
  line = opened;
  const { calendar, clock, store } = opened;
  const parts = { reads: store.reads, calendar, clock };
  const api = createKpiService({ ...parts, ledger: opened.ledger });
  const viewNow = () => createOverviewView({ ...parts, sums: opened.sums, anomalies: noAnomalies, nodesOf });
  const view = viewNow();

  async function ask(more: Partial<KpiQuery> & { kpis: readonly string[]; grain: Grain }): Promise<readonly KpiValue[]> {
    const { name: period } = periodOf(more.grain, calendar.dayOf(clock.now()));
    const answer = await api.query({ period, by: null, where: [], asOf: null, knownAt: null, ...more });
    if ('refused' in answer) throw new Error(answer.detail);
    return answer.values;
  }
  const periodKpis = ['net_sales', 'sales_attainment', 'sales_pace', 'sales_landing_low', 'sales_landing_high'];

  function comparePeriod(wall: OverviewState['today'] | Attainment, values: readonly KpiValue[]): void {
    const [net, attainment, pace, low, high] = periodKpis.map((id) => values.find(({ kpi }) => kpi === id));
    expect(wall.net).toBe(net?.value);
    expect(wall.target).toBe(net?.target);
    expect(wall.targetBasis).toBe('own');
    expect(wall.planToNow).toBe(pace?.denominator);
    expect(wall.pace).toBe(pace?.value);
    if ('attainment' in wall) expect(wall.attainment).toBe(attainment?.value);
    if ('orders' in wall) expect(wall.orders).toBe(net?.sample);
    expect(wall.landing?.low ?? null).toBe(low?.value);
    expect(wall.landing?.high ?? null).toBe(high?.value);
    expect(wall.curve).toBe(pace?.curve);
    if (wall.landing) expect(wall.landing.basis === 'few_samples').toBe(low?.reason === 'small_sample');
  }

  const months = Array.from({ length: 12 }, (_, i) => target('month', `2026-${String(i + 1).padStart(2, '0')}`, 3_000_000 + i * 1_000));
  const days = ['2026-11-22', '2026-11-23', '2026-11-24'].flatMap((day, i) => [
    target('day', day, 100_000 + i),
    ...['天猫', '京东', '门店'].map((channel, k) => target('day', day, 20_000 + k * 1_000, channel)),
  ]);
  const quarters = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((name) => target('quarter', name, 9_000_000));
  await store.write((tx) => tx.putTargets([...months, ...days, ...quarters], clock.now()));
  await opened.ingest(['C-0', 'C-1', 'C-2'].map(planned));
  let [landed, ghosts] = [0, 0];
  for (let step = 0; step < 40; step++) {
    const now = clock.now();
    // Half of what comes is of today, the rest of the year, so that like periods have data of their own.
    const spanMs = random.chance(0.5) ? 12 * HOUR : 320 * 24 * HOUR;
    const events = generateEvents({ seed: random.below(1e9), count: 25, until: now, spanMs, instants: 500, ids: 400 });
    await opened.ingest(events.filter(({ type }) => !type.startsWith('campaign.p') && type !== 'campaign.ended'));
    opened.at(now + random.pick([0, 1_000, HOUR, random.below(3 * HOUR)]));

    comparePeriod(await view.read('today'), await ask({ grain: 'day', kpis: periodKpis }));
    const [, , , low, high] = await ask({ grain: 'day', kpis: periodKpis });
    const told = (await view.read('sentence'))?.landing;
    expect([told?.low ?? null, told?.high ?? null]).toEqual([low?.value, high?.value]);
    // Asked once a minute by a view: a new one has seen what came since.
    const ghost = await viewNow().read('ghost');
    if (ghost) {
      const [minute, from] = [Math.floor(clock.now() / 60_000) * 60_000, calendar.startOfDay(calendar.dayOf(clock.now()))];
      const base = calendar.startOfDay(parseDay(ghost.day) ?? NaN);
      const then = { grain: 'day', kpis: ['net_sales'], period: ghost.day } as const;
      const [sofar] = await ask({ ...then, asOf: base + Math.max(minute, from) - from });
      expect(ghost.net).toBe(sofar?.value ?? 0);
      const [whole] = await ask({ ...then, asOf: base + 24 * HOUR - 1 });
      expect(ghost.hours.reduce<number>((sum, hour) => sum + (hour ?? NaN), 0)).toBe(whole?.value);
      ghosts += 1;
    }
    for (const grain of ['month', 'quarter'] as const) {
      const wall = await view.read(grain);
      comparePeriod(wall, await ask({ grain, kpis: periodKpis }));
      if (wall.landing) landed += 1;
    }
    const [day] = await ask({ grain: 'day', kpis: ['net_sales'] });
    expect((await view.read('hours')).net.reduce<number>((sum, hour) => sum + (hour ?? 0), 0)).toBe(day?.value);
    const channels = await view.read('channels');
    const byChannel = await ask({ grain: 'day', kpis: ['sales_pace'], by: 'channel' });
    const shown = channels.filter(({ others }) => others === 0);
    for (const { channel, net, planToNow } of shown) {
      const value = byChannel.find(({ dimension }) => dimension?.channel === channel);
      expect([net, channel === null ? null : planToNow === null ? null : value?.denominator]).toEqual([value?.numerator, planToNow]);
    }
    expect(channels.reduce((sum, { others }) => sum + Math.max(1, others), 0)).toBe(byChannel.length);
    expect(channels.reduce((sum, { net }) => sum + (net ?? NaN), 0)).toBe(day?.value);
    for (const { campaignId, roi, maturity } of (await view.read('campaigns')).rows) {
      const [year] = await ask({ grain: 'year', kpis: ['roi'], where: [{ dim: 'campaign', value: campaignId }] });
      expect([roi, maturity]).toEqual([year?.value ?? null, year?.maturity ?? null]);
    }
  }
  expect(landed).toBeGreaterThan(0);
  expect(ghosts).toBeGreaterThan(0);
  expect(calendar.dayOf(clock.now())).toBeGreaterThan(calendar.dayOf(Date.parse('2026-11-22T19:00:00+08:00')));
});
