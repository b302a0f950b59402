import { describe, expect, it } from 'vitest';
import { hourBars, hoursRange } from '../../../client/charts/hours-option.ts';
import { longestGap } from '../../../client/charts/pulse-option.ts';
import { labelPlaces } from '../../../client/panels/hours/label-places.ts';

const even = (perHour: number) => Array<number>(24).fill(perHour);
const hours = (values: readonly number[]) => [...values, ...Array<null>(24 - values.length).fill(null)];

describe('today by the hour', () => {
  const input = { net: hours([10, 20, 15]), plan: even(12), currentHour: 2, fraction: 0.5, frozen: false };

  it('the running hour’s area is its amount', () => {
    const running = hourBars(input).find((bar) => bar.running);
    expect(running).toMatchObject({ hour: 2, width: 0.5, height: 30 });
    expect((running?.width ?? 0) * (running?.height ?? 0)).toBe(15);
  });
  it('the first minutes of an hour are not blown up', () => {
    expect(hourBars({ ...input, fraction: 0.001 }).find((bar) => bar.running)?.height).toBeCloseTo(90);
  });
  it('starts at zero, reaches below only for losses, and leaves room for a label', () => {
    expect(hoursRange(hourBars(input), even(12)).min).toBeCloseTo(0);
    expect(hoursRange(hourBars(input), even(12)).max).toBeGreaterThan(30 * 1.15);
    expect(hoursRange(hourBars({ ...input, net: hours([-50, 10]) }), even(12)).min).toBeLessThan(-50);
  });

  it('names the highest whole hour and keeps its label off the plan line', () => {
    const bars = hourBars({ ...input, net: hours([10, 20, 5]) });
    const places = labelPlaces(bars, even(21), hoursRange(bars, even(21)));
    expect(places.peak.hour).toBe(1);
    expect(places.peak.side).toBe('start');
    // 20 is just under the plan of 21: the label stands on the line, not across it.
    expect(places.peak.y).toBe(places.planHeight);
  });
  it('keeps the peak’s label off a running bar that is taller', () => {
    const at = (currentHour: number) => {
      const net = hours([...Array<number>(currentHour).fill(5), 10]);
      net[currentHour - 1] = 9;
      const bars = hourBars({ ...input, net, currentHour, fraction: 0.4 });
      return { ...labelPlaces(bars, null, hoursRange(bars, null)), bars };
    };
    // Room on the left: it ends where the running bar begins.
    expect(at(7).peak).toMatchObject({ hour: 6, side: 'before', x: 7 / 24 });
    // None: it stands on the running bar.
    const early = at(2);
    expect(early.peak.side).toBe('start');
    expect(early.peak.y).toBeCloseTo(25 / hoursRange(early.bars, null).max);
  });
  it('puts the plan’s words where bars are low', () => {
    const morning = hourBars({ ...input, net: hours([50, 60, 50]) });
    expect(labelPlaces(morning, even(12), hoursRange(morning, even(12))).planSide).toBe('end');
    const evening = hourBars({ ...input, net: [...Array<number>(20).fill(0), 80, 90, 70, 10], currentHour: 23 });
    expect(labelPlaces(evening, even(12), hoursRange(evening, even(12))).planSide).toBe('start');
  });
});

describe('gaps of the pulse', () => {
  it('the longest one is named, short ones are not', () => {
    expect(longestGap([1, null, null, 1, null, null, null], 2)).toEqual({ from: 4, length: 3 });
    expect(longestGap([null, 1, null], 2)).toBeNull();
    expect(longestGap([], 1)).toBeNull();
  });
});
