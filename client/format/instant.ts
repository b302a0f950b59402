/** Formats instants in the business time zone, which is an argument; the time zone of the machine is never used. */
/** Creating a formatter costs about a hundred times as much as using it, and the wall formats each second, so formatters are kept. */
function kept(optionsOf: (language: string) => Intl.DateTimeFormatOptions): (language: string, timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Map<string, Intl.DateTimeFormat>>();
  return (language, timeZone) => {
    const zones = made.get(language) ?? new Map<string, Intl.DateTimeFormat>();
    const formatter = zones.get(timeZone) ?? new Intl.DateTimeFormat(language, { ...optionsOf(language), timeZone });
    if (!zones.has(timeZone)) made.set(language, zones.set(timeZone, formatter));
    return formatter;
  };
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const withSeconds = kept(() => ({ ...clock, second: '2-digit' }));
const withMinutes = kept(() => clock);
const minuteAlone = kept(() => ({ minute: '2-digit' }));
const calendarDay = kept(() => ({ year: 'numeric', month: '2-digit', day: '2-digit' }));
const dayOfMonth = kept((language) => ({ month: language.startsWith('zh') ? 'long' : 'short', day: 'numeric' }));
const shortWeekday = kept(() => ({ weekday: 'short' }));
const longWeekday = kept(() => ({ weekday: 'long' }));
const shortMonth = kept(() => ({ month: 'short' }));

/** 14:35:20 */
export function timeOfDay(at: number, timeZone: string): string {
  return withSeconds('en-GB', timeZone).format(at);
}

/** 14:35 */
export function hourMinute(at: number, timeZone: string): string {
  return withMinutes('en-GB', timeZone).format(at);
}

/** The business day of an instant, as 2026-11-23. */
export function dayOf(at: number, timeZone: string): string {
  return calendarDay('en-CA', timeZone).format(at);
}

/** 11月23日 周一 · Mon, Nov 23 */
export function dateLabel(at: number, timeZone: string, language: string): string {
  const month = dayOfMonth(language, timeZone).format(at);
  const weekday = shortWeekday(language, timeZone).format(at);
  return language.startsWith('zh') ? `${month} ${weekday}` : `${weekday}, ${month}`;
}

/** A business day without its year: 12月1日 · Dec 1. The day is a calendar date, so no zone may move it. */
export function dayLabel(day: string, language: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  return dayOfMonth(language, 'UTC').format(at);
}

/** 周五 · Friday: the weekday of a business day. */
export function weekdayLabel(day: string, language: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  return (language.startsWith('zh') ? shortWeekday : longWeekday)(language, 'UTC').format(at);
}

/** How many weeks (Monday to Sunday) a business day lies before another one. */
export function weeksBefore(day: string, today: string): number {
  const week = (text: string) => Math.floor((Date.parse(`${text}T00:00:00Z`) / 86_400_000 + 3) / 7);
  return week(today) - week(day);
}

/** The month of a day or of a month, as 11月 · Nov: 2026-11-01 and 2026-11 are both November. */
export function monthLabel(day: string, language: string): string {
  const at = Date.parse(`${day.slice(0, 7)}-01T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  return shortMonth(language, 'UTC').format(at);
}

/** Whole business days from the day of `at` to the day of `now`; 0 = today, 1 = yesterday. */
export function daysAgo(at: number, now: number, timeZone: string): number {
  const day = (instant: number) => Date.parse(`${dayOf(instant, timeZone)}T00:00:00Z`) / 86_400_000;
  return Math.round(day(now) - day(at));
}

/** The part of the business hour that has passed, 0 … 1; the offset of a zone from UTC is whole minutes. */
export function hourFraction(at: number, timeZone: string): number {
  const minutes = Number(minuteAlone('en-GB', timeZone).format(at));
  const seconds = Math.floor(at / 1000) % 60;
  return (minutes * 60 + seconds) / 3600;
}
