/**
 * The almanac out of `lunar-typescript`, which counts by its own day arithmetic and needs neither network nor time zone.
 * Intl's Chinese calendar was tried and puts New Year's Day of 2027 and 2030 one day off; the lunar dates of `chinese-days`
 * depend on the zone of the machine.
 */
import { HolidayUtil, Lunar, Solar } from 'lunar-typescript';
import type { Almanac, Arrangement } from '../../domain/nodes/almanac.ts';
import { DAY_MS, parseDay } from '../../domain/time/calendar.ts';

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;
/** Before this year the library's arrangements are incomplete. */
const FIRST_ARRANGED = 2014;

export function createLunarAlmanac(): Almanac {
  const lunarDays = new Map<string, number>();
  return {
    firstYear: FIRST_YEAR,
    lastYear: LAST_YEAR,
    lunarDay(year, month, day) {
      const key = `${year} ${month} ${day}`;
      let found = lunarDays.get(key);
      if (found === undefined) lunarDays.set(key, (found = dayNumber(Lunar.fromYmd(year, month, day).getSolar())));
      return found;
    },
    qingming(year) {
      const term = Lunar.fromYmd(year, 2, 1).getJieQiTable()['清明'];
      if (!term) throw new Error(`the almanac has no 清明 in ${year}`);
      return dayNumber(term);
    },
    arrangement,
  };
}

function arrangement(year: number): Arrangement | undefined {
  if (year < FIRST_ARRANGED) return undefined;
  const off = new Map<number, string>();
  const work = new Set<number>();
  for (const holiday of HolidayUtil.getHolidays(year)) {
    const day = parseDay(holiday.getDay());
    if (day === undefined) continue;
    if (holiday.isWork()) work.add(day);
    else off.set(day, holiday.getName());
  }
  return off.size === 0 ? undefined : { off, work };
}

function dayNumber(solar: Solar): number {
  return Date.UTC(solar.getYear(), solar.getMonth() - 1, solar.getDay()) / DAY_MS;
}
