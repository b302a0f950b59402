/** The almanac against dates that are known, in every zone a machine may have. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createLunarAlmanac } from '../../../../server/adapters/almanac/lunar-almanac.ts';
import { formatDay } from '../../../../server/domain/time/calendar.ts';

const almanac = createLunarAlmanac();

test.each([
  [2020, '2020-01-25', '2020-06-25', '2020-10-01', '2020-04-04'],
  [2023, '2023-01-22', '2023-06-22', '2023-09-29', '2023-04-05'],
  [2025, '2025-01-29', '2025-05-31', '2025-10-06', '2025-04-04'],
  [2026, '2026-02-17', '2026-06-19', '2026-09-25', '2026-04-05'],
  [2027, '2027-02-06', '2027-06-09', '2027-09-15', '2027-04-05'],
  [2030, '2030-02-03', '2030-06-05', '2030-09-12', '2030-04-05'],
])('[ND1] 春节, 端午, 中秋 and 清明 of %i', (year, spring, dragon, autumn, qingming) => {
  const days = [almanac.lunarDay(year, 1, 1), almanac.lunarDay(year, 5, 5), almanac.lunarDay(year, 8, 15), almanac.qingming(year)];
  expect(days.map(formatDay)).toEqual([spring, dragon, autumn, qingming]);
});

test('[ND1] New Year’s Day falls between 21 January and 21 February, 353 to 385 days after the last, over all years', () => {
  for (let year = almanac.firstYear; year <= almanac.lastYear; year += 1) {
    const day = almanac.lunarDay(year, 1, 1);
    expect(formatDay(day).slice(5) >= '01-21' && formatDay(day).slice(5) <= '02-21', formatDay(day)).toBe(true);
    if (year === almanac.firstYear) continue;
    const apart = day - almanac.lunarDay(year - 1, 1, 1);
    expect(apart >= 353 && apart <= 385, `${year}: ${apart}`).toBe(true);
  }
});

test('[ND2] the arrangement of 2026 has 33 days off and 6 make-up workdays; of a year to come nothing is known', () => {
  const { off, work } = almanac.arrangement(2026) ?? { off: new Map(), work: new Set<number>() };
  expect([off.size, [...work].map(formatDay)]).toEqual([
    33,
    ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  ]);
  expect(almanac.arrangement(2099)).toBeUndefined();
});

test.each(['America/New_York', 'Pacific/Auckland'])('[ND1] a machine in %s says the same', async (zone) => {
  const program = `
    const { createLunarAlmanac } = await import(${JSON.stringify(path.resolve('server/adapters/almanac/lunar-almanac.ts'))});
    const almanac = createLunarAlmanac();
    console.log(JSON.stringify([almanac.lunarDay(2026, 1, 1), almanac.lunarDay(2026, 8, 15), almanac.qingming(2026)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, TZ: zone },
  });
  expect(JSON.parse(stdout)).toEqual([almanac.lunarDay(2026, 1, 1), almanac.lunarDay(2026, 8, 15), almanac.qingming(2026)]);
});
