import { expect, it } from 'vitest';
import { holidaysOf, yearLines } from '../../../client/settings/holiday-lines.ts';
import { holidays } from '../../../shared/kpi/holidays.ts';

it('lines of a year are read and written the same', () => {
  const rows = [{ year: '2027', off: '元旦 2027-01-01\n春节 2027-02-05 2027-02-11', work: '2027-02-14' }];
  const policy = holidaysOf(rows);
  expect(holidays.safeParse(policy).success).toBe(true);
  expect(policy.years['2027']?.off[0]).toEqual({ name: '元旦', from: '2027-01-01', to: '2027-01-01' });
  expect(yearLines(policy)).toEqual(rows);
});

it('ends may stand apart by a dash, and a line without a day is kept for the server to refuse', () => {
  const { years } = holidaysOf([{ year: '2027', off: '国庆 2027-10-01 至 2027-10-07\n中秋', work: '' }, undefined, { year: '' }]);
  expect(years['2027']?.off).toEqual([
    { name: '国庆', from: '2027-10-01', to: '2027-10-07' },
    { name: '中秋', from: '', to: '' },
  ]);
  expect(Object.keys(years)).toEqual(['2027']);
});
