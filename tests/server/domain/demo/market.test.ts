import { expect, it } from 'vitest';
import { marketDay, marketEvents } from '../../../../server/domain/demo/market.ts';
import { demoWorld, firstDayOf, MINUTE_MS } from '../../../../server/domain/demo/world.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import type { DemoEvent } from '../../../../server/domain/demo/world.ts';

const calendar = createCalendar('Asia/Shanghai');
const origin = Date.parse('2026-11-23T08:00:00+08:00');

/** Price moves by product, as they are told. */
function prices(events: readonly DemoEvent[]): ReadonlyMap<string, readonly (readonly [before: string, after: string])[]> {
  const told = events.flatMap(({ event }) => {
    if (event.type !== 'competitor.move' || event.data.kind !== 'price') return [];
    const { competitor, sku = '', before = '', after = '' } = event.data;
    return [{ product: `${competitor} ${sku}`, step: [before, after] as const }];
  });
  return new Map([...Map.groupBy(told, ({ product }) => product)].map(([product, steps]) => [product, steps.map(({ step }) => step)]));
}

it.each([1, 7, 42])('a competitor’s price goes on from where its last move left it, both ways (seed %i)', (seed) => {
  const world = demoWorld(seed, origin, calendar);
  const first = firstDayOf(world);
  const days = Array.from({ length: 190 }, (_, i) => marketDay(world, first + i)).flat();
  const steps = prices(days);
  expect(steps.size).toBe(4);
  for (const [, moves] of steps) {
    for (const [i, [before, after]] of moves.entries()) {
      if (i > 0) expect(before).toBe(moves[i - 1]?.[1]);
      expect(after).not.toBe(before);
    }
    const amount = (text: string) => Number(text.replaceAll(/[¥,]/gu, ''));
    expect(moves.some(([before, after]) => amount(after) > amount(before))).toBe(true);
    expect(moves.some(([before, after]) => amount(after) < amount(before))).toBe(true);
  }
});

it('tells a day the same whatever day was asked before, and minute by minute as in one', () => {
  const day = calendar.dayOf(origin);
  const told = prices(marketDay(demoWorld(7, origin, calendar), day - 1));
  const world = demoWorld(7, origin, calendar);
  prices(marketDay(world, day));
  expect(prices(marketDay(world, day - 1))).toEqual(told);
  const start = calendar.startOfDay(day - 1) / MINUTE_MS;
  expect(prices(Array.from({ length: 1_440 }, (_, i) => marketEvents(world, start + i)).flat())).toEqual(told);
});
