import { expect, it } from 'vitest';
import { restOfDays } from '../../../../server/domain/targets/days-forecast.ts';

const today = 20_000;
const node = today + 3;
/** Sold until `ended`, and nothing after it. */
const soldUntil = (ended: number) => new Map(Array.from({ length: 200 }, (_, i) => [today - 200 + i, today - 200 + i < ended ? 1_000 : 0]));
const forecast = (days: ReadonlyMap<number, number>, factor: number) =>
  restOfDays({
    ...{ days, today, to: today + 10, restOfToday: 0.5 },
    weight: (day) => (day === node ? factor : 1),
    factors: { of: (day) => (day === node ? factor : 1), like: () => [] },
  });

it('a shop that sold nothing for four weeks is worth nothing on a day of a node too, and never a broken number', () => {
  expect(forecast(soldUntil(today - 28), 3)).toMatchObject({ low: 0, high: 0 });
});

it('a day of a node to come widens the range by its share of the rest', () => {
  const [plain, withNode] = [forecast(soldUntil(today), 1), forecast(soldUntil(today), 3)];
  if (!plain || !withNode) throw new Error('the history is long enough');
  expect(withNode.high / withNode.low).toBeGreaterThan(plain.high / plain.low);
});
