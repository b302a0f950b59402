/** K25 from the clocks of real stories, and K19 from everything it is made of. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createIncidentService } from '../../../../server/pipeline/services/incidents.ts';
import type { IncidentService } from '../../../../server/pipeline/services/services.ts';
import { event } from '../../../helpers/line.ts';
import { openKpiLine, type KpiLine } from '../../../helpers/kpi-line.ts';

let line: KpiLine;
let incidents: IncidentService;

beforeEach(async () => {
  line = await openKpiLine('2026-11-23T10:00:00+08:00');
  const { store, commit, calendar, clock } = line;
  incidents = createIncidentService({ reads: store.reads, commit, calendar, clock, exposure: async () => undefined });
  const brands = { own: ['山澜'], tracked: ['铂域'] };
  await store.write((tx) => tx.putPolicy('brands', { value: brands, owner: 'o', reason: 'r', effectiveFrom: 0, setAt: 0 }));
});
afterEach(() => line.close());

let serial = 0;
const mention = (time: string, storyId: string, label: 'positive' | 'negative', brand = '山澜') =>
  event('sentiment.mention', time, { mentionId: `M${++serial}`, version: 1, platform: '微博', brand, text: '漏水', label, storyId });

/** Sends a command to the story's incident at an instant. */
async function command(storyId: string, time: string, type: 'respond' | 'false_alarm'): Promise<void> {
  line.at(time);
  const { rows } = await line.store.reads.incidents({ open: true, limit: 100, after: null });
  const found = rows.find((row) => row.storyId === storyId);
  if (!found) throw new Error(`no incident of ${storyId}`);
  const base = { commandId: `${storyId} ${type}`, expectedVersion: found.version, actor: '林悦' };
  const what = type === 'respond' ? { ...base, type, text: '已处理' } : { ...base, type, reason: '同名' };
  const answer = await incidents.command(found.id, what, line.clock.now());
  if (isRefusal(answer)) throw new Error(answer.detail);
}

describe('[K25] SLA compliance', () => {
  it('counts clocks from their deadline on: met in time, missed while open or late, false alarms beside', async () => {
    await line.ingest(['met', 'late', 'false', 'open'].map((story) => mention('2026-11-23T09:59:00+08:00', story, 'negative')));
    await command('false', '2026-11-23T10:30:00+08:00', 'false_alarm');
    await command('met', '2026-11-23T11:00:00+08:00', 'respond');
    await command('late', '2026-11-23T13:00:00+08:00', 'respond');
    line.at('2026-11-23T14:00:00+08:00');
    const day = { kpi: 'sla_compliance', grain: 'day', period: '2026-11-23' } as const;
    expect(await line.whole(day)).toMatchObject({ value: 1 / 3, numerator: 1, denominator: 3, excluded: 1, sample: 3 });
    expect(await line.whole({ ...day, asOf: '2026-11-23T12:00:00+08:00' })).toMatchObject({ numerator: 1, denominator: 3, excluded: 1 });
    expect(await line.whole({ ...day, asOf: '2026-11-23T11:59:59+08:00' })).toMatchObject({
      value: null,
      reason: 'no_denominator',
      excluded: 0,
    });
    line.at('2026-11-25T09:00:00+08:00');
    expect(await line.whole({ ...day, period: '2026-11-24' })).toMatchObject({ value: 0, denominator: 3, excluded: 1 });
    expect(await line.whole({ ...day, grain: 'month', period: '2026-11' })).toMatchObject({ numerator: 1, denominator: 6, excluded: 2 });
  });
});

describe('[K19] brand health', () => {
  const parts = async () => {
    const { components = [] } = await line.whole({ kpi: 'brand_health' });
    return components.map(({ kpi, value, points, weight }) => [kpi, value, points, weight]);
  };

  it('weighs the parts that have a value, each from its floor to its goal', async () => {
    const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
    const [today, october] = ['2026-11-23T09:59:00+08:00', '2026-10-20T10:00:00+08:00'];
    await line.ingest([
      ...times(26, () => mention(today, 'praise', 'positive')),
      ...times(14, () => mention(today, 'leak', 'negative')),
      ...times(60, () => mention(today, 'others', 'positive', '铂域')),
      ...times(50, () => mention(october, 'praise', 'positive')),
      // After the time gone of this month: no part of the base yet.
      mention('2026-10-30T10:00:00+08:00', 'praise', 'positive'),
      ...times(10, (i) =>
        event('audience.engaged', '2026-11-10T10:00:00+08:00', {
          ...{ engagementId: `E${i}`, version: 1, personId: `P${i}`, platform: '微博', touch: 'earned', action: 'like' },
        }),
      ),
      event('lead.created', '2026-11-11T10:00:00+08:00', {
        ...{ leadId: 'L', version: 1, channel: '抖音', touch: 'earned', reachable: true, contactHash: 'P0' },
      }),
    ]);
    line.at('2026-11-23T14:00:00+08:00');
    expect(await parts()).toEqual([
      ['net_sentiment', 12 / 40, 80, 30],
      ['share_of_voice', 0.4, 100, 20],
      ['voice_trend', -0.2, 30, 15],
      ['sla_compliance', 0, 0, 20],
      ['word_of_mouth', 0.1, 50, 15],
    ]);
    const value = (30 * 80 + 20 * 100 + 15 * 30 + 15 * 50) / 100;
    expect(await line.whole({ kpi: 'brand_health' })).toMatchObject({ value, unit: 'score', denominator: 100, sample: 5 });
    for (const { kpi, value: part } of (await line.whole({ kpi: 'brand_health' })).components ?? [])
      if (kpi !== 'voice_trend') expect((await line.whole({ kpi })).value).toBe(part);
  });

  it('without a part its weight is none; without any there is no value', async () => {
    expect(await line.whole({ kpi: 'brand_health' })).toMatchObject({ value: null, reason: 'no_denominator', sample: 0 });
    await line.ingest([
      mention('2026-11-23T09:59:00+08:00', 'praise', 'positive'),
      mention('2026-11-23T09:59:00+08:00', 'x', 'positive', '铂域'),
    ]);
    expect(await parts()).toEqual([
      ['net_sentiment', null, null, 30],
      ['share_of_voice', 0.5, 100, 20],
      ['voice_trend', null, null, 15],
      ['sla_compliance', null, null, 20],
      ['word_of_mouth', null, null, 15],
    ]);
    expect(await line.whole({ kpi: 'brand_health' })).toMatchObject({ value: 100, denominator: 20, sample: 1 });
    await line.setReadings({ brandHealth: { shareOfVoice: { weight: 5, floor: 0, goal: 1 } } });
    expect(await line.whole({ kpi: 'brand_health' })).toMatchObject({ value: 50, denominator: 5, ruleVersion: 2 });
  });
});
