/**
 * The one reader of instants that come from outside: RFC 3339 with a mandatory offset. Date.parse is no
 * use here: it turns 30 February into 2 March, reads '0' as a year and takes a time
 * without offset for the server's own zone.
 */
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/** 1990-01-01T00:00Z and 2101-01-01T00:00Z: what lies outside is a wrong unit, not a date (contract). */
export const EARLIEST_INSTANT = 631_152_000_000;
export const LATEST_INSTANT = 4_133_980_800_000;

export type InstantFault = 'not_text' | 'shape' | 'no_offset' | 'no_such_time' | 'out_of_range';

const messages: Record<InstantFault, string> = {
  not_text: 'time must be text such as 2026-11-23T12:44:56+08:00; a bare number is never taken for a time',
  shape: 'time is not RFC 3339; write it like 2026-11-23T12:44:56+08:00',
  no_offset: 'time has no offset; end it with Z or an offset such as +08:00',
  no_such_time: 'time names a day, an hour or a second that does not exist',
  out_of_range: 'time lies before 1990 or after 2100; check for seconds taken as milliseconds or the like',
};

export function instantMessage(fault: InstantFault): string {
  return messages[fault];
}

/** UTC ms within 1990–2100, or why not: for instants that must be plausible, such as an event's `time`. */
export function parseInstant(value: unknown): number | InstantFault {
  const ms = readInstant(value);
  return typeof ms === 'number' && (ms < EARLIEST_INSTANT || ms >= LATEST_INSTANT) ? 'out_of_range' : ms;
}

/** UTC ms of a text that was checked when it came in. Version 0.1 also took instants without seconds, and may have stored some. */
export function instantMs(text: string): number {
  const ms = readInstant(text);
  return typeof ms === 'number' ? ms : Date.parse(text);
}

/** UTC ms whatever the year, or why not. Fractions beyond the millisecond are cut. */
export function readInstant(value: unknown): number | Exclude<InstantFault, 'out_of_range'> {
  if (typeof value !== 'string') return 'not_text';
  const n = value.length;
  // 19 = up to the seconds; 40 leaves room for any sensible fraction and an offset.
  if (n < 19 || n > 40) return 'shape';
  const year = digits(value, 0, 4);
  const month = digits(value, 5, 7);
  const day = digits(value, 8, 10);
  const hour = digits(value, 11, 13);
  const minute = digits(value, 14, 16);
  const second = digits(value, 17, 19);
  const separator = value.charCodeAt(10) | 0x20;
  if (
    year < 0 ||
    month < 0 ||
    day < 0 ||
    hour < 0 ||
    minute < 0 ||
    second < 0 ||
    value.charCodeAt(4) !== 45 ||
    value.charCodeAt(7) !== 45 ||
    separator !== 116 ||
    value.charCodeAt(13) !== 58 ||
    value.charCodeAt(16) !== 58
  )
    return 'shape';

  let at = 19;
  let millis = 0;
  if (value.charCodeAt(at) === 46) {
    const start = ++at;
    while (at < n && isDigit(value.charCodeAt(at))) at++;
    if (at === start) return 'shape';
    for (let i = start, scale = 100; i < start + 3 && i < at; i++, scale /= 10) millis += (value.charCodeAt(i) - 48) * scale;
  }

  if (at === n) return 'no_offset';
  let offsetMinutes = 0;
  const sign = value.charCodeAt(at);
  if ((sign | 0x20) === 122) {
    if (at + 1 !== n) return 'shape';
  } else {
    const hours = digits(value, at + 1, at + 3);
    const minutes = digits(value, at + 4, at + 6);
    if ((sign !== 43 && sign !== 45) || at + 6 !== n || value.charCodeAt(at + 3) !== 58 || hours < 0 || minutes < 0) return 'shape';
    if (hours > 23 || minutes > 59) return 'no_such_time';
    offsetMinutes = (hours * 60 + minutes) * (sign === 45 ? -1 : 1);
  }

  // A leap second (:60) has no place on the UTC millisecond scale the store counts in.
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month) || hour > 23 || minute > 59 || second > 59)
    return 'no_such_time';
  return daysFromEpoch(year, month, day) * 86_400_000 + (hour * 60 + minute - offsetMinutes) * 60_000 + second * 1_000 + millis;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The decimal number at [from, to), or -1. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function monthLength(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 in the Gregorian calendar. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const past = year - 1;
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  const beforeYear = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return beforeYear - 719_162 + (DAYS_BEFORE_MONTH[month - 1] as number) + leapDay + day - 1;
}
