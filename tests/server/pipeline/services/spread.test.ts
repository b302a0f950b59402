/** K20 from events. */
import { afterEach, expect, it } from 'vitest';
import { event } from '../../../helpers/line.ts';
import { openKpiLine, type KpiLine } from '../../../helpers/kpi-line.ts';

let line: KpiLine;
afterEach(() => line.close());

const told = (version: number, time: string, [reads, likes, shares]: readonly [number, number, number], more: object = {}) =>
  event('campaign.engagement', time, { campaignId: 'C', platform: '小红书', version, reads, likes, shares, ...more }, '/social');

it('[K20] [R20] [R28] sums the last totals over platforms and contents, on the day they were told', async () => {
  line = await openKpiLine('2026-11-23T14:00:00+08:00');
  await line.ingest([
    told(1, '2026-11-10T10:00:00+08:00', [1_000, 50, 3]),
    told(2, '2026-11-12T10:00:00+08:00', [1_500, 60, 4]),
    told(1, '2026-11-11T10:00:00+08:00', [200, 9, 1], { contentId: 'N-9' }),
    told(1, '2026-11-12T11:00:00+08:00', [70, 5, 2], { platform: '微博' }),
    told(1, '2026-10-30T10:00:00+08:00', [9_000, 900, 90], { campaignId: 'older' }),
  ]);
  const value = async (kpi: string, more: object = {}) => (await line.whole({ kpi, ...more })).value;
  expect([await value('reads'), await value('likes'), await value('shares')]).toEqual([1_770, 74, 7]);
  expect(await line.whole({ kpi: 'spread_index' })).toMatchObject({ value: 1_770 + 5 * 74 + 20 * 7, sample: 1_851, ruleVersion: 1 });
  expect((await line.ask({ kpi: 'reads', by: 'platform' })).map(({ dimension, value: reads }) => [dimension?.platform, reads])).toEqual([
    ['小红书', 1_700],
    ['微博', 70],
  ]);
  expect(await value('reads', { grain: 'day', period: '2026-11-10' })).toBe(0);
  expect(await value('reads', { grain: 'day', period: '2026-11-10', asOf: '2026-11-12T09:59:59+08:00' })).toBe(1_000);
  expect(await value('reads', { asOf: '2026-11-11T12:00:00+08:00' })).toBe(1_200);
  await line.setReadings({ spreadWeights: { reads: 0.5, likes: 0, shares: 1 } });
  expect(await line.whole({ kpi: 'spread_index' })).toMatchObject({ value: 892, ruleVersion: 2 });
});
