import { expect, it } from 'vitest';
import { campaignBook, type CampaignVersion } from '../../../../server/domain/targets/campaign-windows.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';

const calendar = createCalendar('Asia/Shanghai');
const year = { from: 0, to: 400 };
const plan = (more: Partial<CampaignVersion> & { from?: number; to?: number } = {}): CampaignVersion => {
  const { from = 10, to = 20, ...rest } = more;
  return { ...{ campaignId: 'A', source: '/a', version: 1, occurredAt: 0, receivedAt: 0, window: [{ from, to }] }, ...rest };
};
const end = (day: number, more: Partial<CampaignVersion> = {}): CampaignVersion => ({
  ...{ campaignId: 'A', source: '/a', version: 1, receivedAt: 0 },
  occurredAt: calendar.startOfDay(day) + 1,
  ...more,
});
const windows = (versions: readonly CampaignVersion[], asOf = Infinity, knownAt = Infinity) =>
  campaignBook(versions, calendar, knownAt)
    .windows(year, asOf)
    .map(({ from, to }) => [from, to]);

it('[R16] windows are a union: days of two campaigns are there once, days that touch are one range', () => {
  expect(windows([plan({ campaignId: 'B', from: 30, to: 35 }), plan(), plan({ campaignId: 'C', from: 20, to: 22 })])).toEqual([
    [10, 22],
    [30, 35],
  ]);
  expect(windows([plan({ from: -5, to: 5 }), plan({ campaignId: 'B', from: 390, to: 500 })])).toEqual([
    [0, 5],
    [390, 400],
  ]);
});
it('[R16] a window ends with the day its campaign ended, and is none where that was before it began', () => {
  expect(windows([plan(), end(12)])).toEqual([[10, 13]]);
  expect(windows([plan(), end(9)])).toEqual([]);
  expect(windows([plan(), end(30)])).toEqual([[10, 20]]);
});
it('[R21] the highest version speaks over all sources, from its own time on, of those received by then', () => {
  const moved = plan({ version: 2, from: 50, to: 60, occurredAt: 1_000, receivedAt: 2_000 });
  expect(windows([moved, plan()])).toEqual([[50, 60]]);
  expect(windows([moved, plan()], 999)).toEqual([]);
  expect(windows([moved, plan()], Infinity, 1_999)).toEqual([[10, 20]]);
  expect(windows([{ ...moved, source: '/b' }, plan()], 999)).toEqual([[10, 20]]);
  expect(windows([plan({ source: '/b', from: 70, to: 80 }), plan()])).toEqual([[10, 20]]);
});
