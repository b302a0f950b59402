/** Like days, anomalies out of looks, what moved a figure, and whole days. */
import { expect, test } from 'vitest';
import { findAnomalies, FOUND_AT, severityOf, type Look } from '../../../../server/domain/anomalies/find.ts';
import { likeDays } from '../../../../server/domain/anomalies/like-days.ts';
import { moverOf } from '../../../../server/domain/anomalies/mover.ts';
import { median, rooted, unrooted } from '../../../../server/domain/anomalies/scale.ts';
import { judgeWholeDay } from '../../../../server/domain/anomalies/whole-day.ts';
import { formatDay, parseDay } from '../../../../server/domain/time/calendar.ts';
import { standardNodes as nodes } from '../../../helpers/nodes.ts';

const day = (text: string): number => parseDay(text) ?? Number.NaN;
const MINUTES = 60_000;
const look = (minute: number, mads: number): Look => ({ from: (minute - 30) * MINUTES, at: minute * MINUTES, value: 0, usual: 0, mads });

test('[AN1] like days of an ordinary day are of its kind, of no node and no day off; its own weekday is its group', () => {
  const { group, days } = likeDays(nodes, day('2026-10-14'));
  expect(group).toBe(2);
  expect(days.length).toBeGreaterThanOrEqual(30);
  for (const like of days) {
    expect([nodes.nodeOf(like.day), nodes.kindOf(like.day)], formatDay(like.day)).toEqual([undefined, 'workday']);
    expect(like.group).toBe(nodes.weekdayLike(like.day));
  }
  expect(days.filter((like) => like.group === group).length).toBeGreaterThanOrEqual(6);
});

test('[AN1] a make-up Saturday is like Fridays, and a day of a node like the same days of the node before', () => {
  const makeUp = likeDays(nodes, day('2026-05-09'));
  expect([makeUp.group, makeUp.days.every((like) => nodes.kindOf(like.day) === 'workday')]).toEqual([4, true]);
  const eleven = likeDays(nodes, day('2026-11-11'));
  expect(eleven.days.map((like) => formatDay(like.day))).toEqual([
    ...['2025-11-11', '2025-11-10', '2025-11-12', '2025-11-09'],
    ...['2024-11-11', '2024-11-10', '2024-11-12', '2024-11-09'],
  ]);
});

test('[AN4] an anomaly lasts until looks come near again, keeps its worst look, and comes back as the same one within two hours', () => {
  const found = findAnomalies([
    ...[look(30, 1), look(35, FOUND_AT + 1), look(40, 11), look(45, 4), look(50, 1)],
    ...[look(55, FOUND_AT + 0.5), look(60, 0), look(185, -7), look(190, -3.5)],
  ]);
  const seen = found.map((one) => [
    one.direction,
    ...[one.first, one.peak, one.last].map(({ at }) => at / MINUTES),
    one.lasts,
    severityOf(one),
  ]);
  expect(seen).toEqual([
    ['above', 35, 40, 55, false, 'severe'],
    ['below', 185, 185, 190, true, 'notable'],
  ]);
});

test('[AN4] nothing is found where nothing is far, and in no looks at all', () => {
  expect(findAnomalies([])).toEqual([]);
  expect(findAnomalies([look(30, FOUND_AT - 0.1), look(35, 0.1 - FOUND_AT)])).toEqual([]);
});

test('[AN5] the channel that fell is named with its share; where all fell alike, none stands out', () => {
  const cells = (tmall: number, jd: number) =>
    new Map([
      ['天猫', tmall],
      ['京东', jd],
    ]);
  const like = [cells(60, 40), cells(62, 38), cells(58, 42)];
  const regions = { dimension: 'region' as const, now: new Map([['华东', 55]]), like: like.map(() => new Map([['华东', 100]])) };
  const one = moverOf([{ dimension: 'channel', now: cells(15, 40), like }, regions], -45);
  expect(one).toEqual({ dimension: 'channel', value: '天猫', now: 15, usual: 60, difference: -45, share: 1, broad: false });
  const all = moverOf([{ dimension: 'channel', now: cells(33, 22), like }, regions], -45);
  expect(all).toMatchObject({ dimension: 'channel', value: '天猫', broad: true, share: 0.6 });
  expect(moverOf([], 5)).toBeUndefined();
  expect(moverOf([{ dimension: 'channel', now: new Map(), like: [] }], 0)).toBeUndefined();
});

test('[AN2] a whole day is held against days of its group, with the spread of all', () => {
  const days = [100, 104, 96, 101, 99].flatMap((total) => [
    { group: 1, total: total * 100 },
    { group: 2, total: total * 300 },
  ]);
  expect(Math.abs(judgeWholeDay(days, 1, 10_050, 'count').mads)).toBeLessThan(2);
  expect(judgeWholeDay(days, 1, 20_000, 'count').mads).toBeGreaterThan(10);
  expect(judgeWholeDay(days, 2, 20_000, 'count').mads).toBeLessThan(-10);
  expect(judgeWholeDay([{ group: 1, total: 5 }], 1, 9, 'count').mads).toBe(0);
});

test('[AN2] roots keep order and come back, for money below 0 too; a median of few values is the middle', () => {
  for (const value of [0, 1, 250]) expect(unrooted(rooted(value, 'count'), 'count')).toBeCloseTo(value, 9);
  for (const value of [-900, 0, 123_456]) expect(unrooted(rooted(value, 'money'), 'money')).toBeCloseTo(value, 6);
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), Number.isNaN(median([]))]).toEqual([2, 2.5, true]);
});
