import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourBars, hoursRange, type HoursInput } from '../../../../client/panels/hours/hour-bars.ts';
import { highestBar, lowestBar, placeLabels } from '../../../../client/panels/hours/label-places.ts';
import { hoursBehind } from '../../../../client/state/hours-behind.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const even = (perHour: number) => Array<number>(24).fill(perHour);
const hours = (values: readonly number[]) => [...values, ...Array<null>(24 - values.length).fill(null)];
const input: HoursInput = { net: hours([10, 20, 15]), plan: even(12), ghost: null, currentHour: 2, fraction: 0.5 };
const running = (more: Partial<HoursInput>) => hourBars({ ...input, ...more }).find(({ hour }) => hour === (more.currentHour ?? 2));

describe('the running hour', () => {
  it('is a bar of what came in, and hollow up to what the hour may bring', () => {
    expect(running({})).toMatchObject({ amount: 15 });
    // Half of it at its own rate and half at the plan, which the hours before were ahead of by a quarter.
    expect(running({})?.projected).toBeCloseTo(15 + 0.5 * (0.5 * 30 + 0.5 * 12 * (30 / 24)));
    expect(hourBars(input).filter(({ projected }) => projected !== null)).toHaveLength(1);
  });
  it('projects nothing before ten minutes of it, once it is over, below zero, or without anything usual', () => {
    expect(running({ fraction: 9 / 60 })?.projected).toBeNull();
    expect(running({ fraction: 10 / 60 })?.projected).not.toBeNull();
    expect(running({ net: hours([10, 20, -3]) })?.projected).toBeNull();
    expect(running({ net: hours([15]), plan: null, currentHour: 0 })?.projected).toBeNull();
    expect(running({ net: hours([15]), plan: null, ghost: even(8), currentHour: 0 })?.projected).toBeCloseTo(15 + 0.5 * (15 + 4));
  });
  it('is neither a needle nor a tower: a burst early in the hour is at most doubled and what is usual', () => {
    process.stdout.write(`hours: seed ${SEED}\n`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.double({ min: 1 / 6, max: 0.999, noNaN: true }), (amount, fraction) => {
        const { projected } = running({ net: hours([100, 100, amount]), plan: even(100), fraction }) ?? { projected: null };
        expect(projected).not.toBeNull();
        expect(projected).toBeGreaterThanOrEqual(amount);
        expect(projected).toBeLessThanOrEqual(2 * amount + 100);
      }),
      { seed: SEED },
    );
  });
});

describe('the labels of the hours', () => {
  it('a first order has no peak yet, and never one of 0', () => {
    const bars = hourBars({ ...input, net: hours([0, 0, 25]) });
    expect(highestBar(bars, 2)).toBeNull();
    expect(highestBar(hourBars(input), 2)?.hour).toBe(1);
    expect(lowestBar(bars)).toBeNull();
    expect(lowestBar(hourBars({ ...input, net: hours([5, -7]) }))?.hour).toBe(1);
  });
  it('stand in hours of their own, above everything drawn there', () => {
    const line = fc.array(fc.integer({ min: -50, max: 1000 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(
        line,
        line,
        line,
        fc.integer({ min: 0, max: 23 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (sold, plan, ghost, currentHour, fraction) => {
          const net = hours(sold.slice(0, currentHour + 1));
          const bars = hourBars({ net, plan, ghost, currentHour, fraction });
          const range = hoursRange(bars, [plan, ghost]);
          const wanted = [
            { id: 'peak' as const, width: 8, names: net, hour: highestBar(bars, currentHour)?.hour ?? null },
            { id: 'plan' as const, width: 6.5, names: plan, hour: null },
            { id: 'ghost' as const, width: 3.5, names: ghost, hour: null },
          ];
          const placed = placeLabels(wanted, bars, [plan, ghost], range);
          const spans = placed.map(({ id, x, y }) => {
            const width = wanted.find((label) => label.id === id)?.width ?? NaN;
            return { from: x * 24 - width / 2, to: x * 24 + width / 2, y };
          });
          for (const [i, one] of spans.entries()) {
            expect(one.from).toBeGreaterThanOrEqual(-1e-6);
            expect(one.to).toBeLessThanOrEqual(24 + 1e-6);
            for (const other of spans.slice(i + 1)) expect(one.to <= other.from + 1e-6 || other.to <= one.from + 1e-6).toBe(true);
            for (let hour = Math.floor(one.from + 1e-6); hour < one.to - 1e-6; hour += 1) {
              const bar = bars[hour];
              for (const value of [bar?.amount, bar?.projected, plan[hour], ghost[hour]]) {
                expect(one.y).toBeGreaterThanOrEqual(((value ?? 0) - range.min) / (range.max - range.min) - 1e-6);
              }
            }
          }
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });
});

it('the range starts at zero, reaches below only for losses, and leaves room for a label', () => {
  expect(hoursRange(hourBars(input), [even(12)]).min).toBeCloseTo(0);
  expect(hoursRange(hourBars(input), [even(200)]).max).toBeGreaterThan(200 * 1.15);
  expect(hoursRange(hourBars({ ...input, net: hours([-50, 10]) }), []).min).toBeLessThan(-50);
});

it('of the last three whole hours those far behind their plan are told, the running one never', () => {
  const net = hours([1, 1, 100, 100, 80, 85, 84, 3]);
  expect(hoursBehind({ net, plan: even(100), currentHour: 7 })).toEqual([
    { hour: 4, amount: 80, plan: 100 },
    { hour: 6, amount: 84, plan: 100 },
  ]);
});
