import { expect, it } from 'vitest';
import { ghostDays } from '../../../../server/domain/projection/ghost-days.ts';
import { formatDay, parseDay } from '../../../../server/domain/time/calendar.ts';
import { standardNodes } from '../../../helpers/nodes.ts';

const of = (day: string) =>
  ghostDays(standardNodes, parseDay(day) ?? NaN).map((one) => `${one.kind} ${formatDay(one.day)} ${one.node?.en ?? ''}`.trim());

it('[SE5] a day of a node meets the same day of it a year earlier, then the same weekday, then yesterday', () => {
  expect(of('2026-11-11').slice(0, 2)).toEqual(['node 2025-11-11 Double 11', 'weekday 2026-11-04']);
  expect(of('2026-11-11').at(-1)).toBe('yesterday 2026-11-10');
});
it('[SE5] any other day meets the last like weekday outside of nodes', () => {
  expect(of('2026-11-23')[0]).toBe('weekday 2026-11-16');
  // A week and two weeks before lie in the run-up and the tail of 双11; what is left of the four weeks follows them.
  expect(of('2026-11-17')).toContain('weekday 2026-11-10');
  expect(of('2026-03-25')[0]).toBe('weekday 2026-03-18');
});
