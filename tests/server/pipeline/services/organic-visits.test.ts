import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import type { KpiService } from '../../../../server/pipeline/services/services.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let kpis: KpiService;

const traffic = (date: string, channel: string, organic: number, version = 1) =>
  event('traffic.daily', `${date}T09:00:00+08:00`, { date, channel, version, organic, visits: organic * 3 });

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
  kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  await line.ingest([
    traffic('2026-10-31', '官网', 1_000),
    traffic('2026-11-01', '官网', 10),
    traffic('2026-11-21', '官网', 20),
    traffic('2026-11-21', '天猫', 300),
    // Sent in the morning of its own day.
    traffic('2026-11-23', '官网', 7_000),
  ]);
  line.at('2026-11-23T15:00:00+08:00');
  await line.ingest([traffic('2026-11-21', '官网', 25, 2)]);
});
afterAll(() => line.close());

async function visits(query: { by?: string; asOf?: string; knownAt?: string } = {}) {
  const instant = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));
  const answer = await kpis.query({
    ...{ grain: 'month', period: '2026-11', kpis: ['organic_visits'], by: query.by ?? null, where: [] },
    asOf: instant(query.asOf),
    knownAt: instant(query.knownAt),
  });
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
  return answer.values.map(({ dimension, value, sample }) => [dimension?.channel ?? null, value, sample]);
}

it('[K7] sums the organic visits of the days of the period, by channel, the highest version of each', async () => {
  expect(await visits()).toEqual([[null, 335, 1_005]]);
  expect(await visits({ by: 'channel' })).toEqual([
    ['天猫', 300, 900],
    ['官网', 35, 105],
  ]);
});

it('[R28] counts a day once it is over, whenever its figures were sent', async () => {
  expect(await visits({ asOf: '2026-11-24T00:00:00+08:00' })).toEqual([[null, 7_335, 22_005]]);
  expect(await visits({ asOf: '2026-11-21T23:59:59+08:00' })).toEqual([[null, 10, 30]]);
  expect(await visits({ asOf: '2026-11-22T00:00:00+08:00' })).toEqual([[null, 335, 1_005]]);
});

it('[R21] knows of a correction from its receipt on', async () => {
  expect(await visits({ knownAt: '2026-11-23T14:30:00+08:00' })).toEqual([[null, 330, 990]]);
});
