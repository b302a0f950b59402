/** Names of periods, as they stand in addresses and questions: 2026-11-23 · 2026-W48 · 2026-11 · 2026-Q4 · 2026. Pure. */
import type { Grain, KpiPeriod } from '../../shared/kpi/types.ts';
import { dayLabel } from './instant.ts';

const DAY_MS = 86_400_000;
const patterns: Readonly<Record<Grain, RegExp>> = {
  day: /^\d{4}-\d{2}-\d{2}$/u,
  week: /^\d{4}-W\d{2}$/u,
  month: /^\d{4}-\d{2}$/u,
  quarter: /^\d{4}-Q[1-4]$/u,
  year: /^\d{4}$/u,
};
const grainNames: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

/** undefined for a text that has the form of no period. */
export function grainOf(name: string): Grain | undefined {
  return grainNames.find((grain) => patterns[grain].test(name));
}

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');
const text = (date: Date): string => date.toISOString().slice(0, 10);
const shifted = (day: string, by: number): string => text(new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS));

/** The name of the period of a grain that holds a business day. */
export function periodNameAt(grain: Grain, day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (grain) {
    case 'day':
      return day;
    case 'week': {
      // ISO 8601: a week belongs to the year that holds its Thursday.
      const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
      const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
      return `${four(thursday.getUTCFullYear())}-W${two(Math.floor((thursday.getTime() - first) / DAY_MS / 7) + 1)}`;
    }
    case 'month':
      return `${four(year)}-${two(month + 1)}`;
    case 'quarter':
      return `${four(year)}-Q${String(Math.floor(month / 3) + 1)}`;
    case 'year':
      return four(year);
  }
}

export const periodName = ({ grain, start }: KpiPeriod): string => periodNameAt(grain, start);

/** First day of a period and the day after its last; undefined for a name that is none. */
export function periodDays(name: string): { readonly grain: Grain; readonly start: string; readonly end: string } | undefined {
  const grain = grainOf(name);
  if (grain === undefined) return undefined;
  const start = firstDay(grain, name);
  if (start === undefined || periodNameAt(grain, start) !== name) return undefined;
  const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7)) - 1];
  const months = { month: 1, quarter: 3, year: 12 } as const;
  const end =
    grain === 'day' || grain === 'week'
      ? shifted(start, grain === 'day' ? 1 : 7)
      : text(new Date(Date.UTC(year, month + months[grain], 1)));
  return { grain, start, end };
}

function firstDay(grain: Grain, name: string): string | undefined {
  const year = name.slice(0, 4);
  const candidate = {
    day: () => name,
    week: () => {
      const fourth = Date.parse(`${year}-01-04T00:00:00Z`);
      const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
      return text(new Date(monday + (Number(name.slice(6)) - 1) * 7 * DAY_MS));
    },
    month: () => `${name}-01`,
    quarter: () => `${year}-${two((Number(name.slice(6)) - 1) * 3 + 1)}-01`,
    year: () => `${year}-01-01`,
  }[grain]();
  const at = Date.parse(`${candidate}T00:00:00Z`);
  // Some engines read 2026-02-30 as a day of March.
  return Number.isNaN(at) || text(new Date(at)) !== candidate ? undefined : candidate;
}

/** The like period before (−1) or after (+1); the same name for a text that names none. */
export function neighbour(name: string, by: -1 | 1): string {
  const days = periodDays(name);
  if (!days) return name;
  return periodNameAt(days.grain, by === 1 ? days.end : shifted(days.start, -1));
}

/** Today and the days before, as a first day and the day after the last. */
export function daysBefore(day: string, count: number): string {
  return shifted(day, -count);
}

/** The period in the words of people: 2026年11月 · Nov 2026; weeks and quarters keep their name and say their days. */
export function periodLabel(name: string, language: string): string {
  const days = periodDays(name);
  if (!days) return name;
  const of = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(new Date(`${days.start}T00:00:00Z`));
  switch (days.grain) {
    case 'day':
      return of({ year: 'numeric', month: language.startsWith('zh') ? 'long' : 'short', day: 'numeric', weekday: 'short' });
    case 'month':
      return of({ year: 'numeric', month: language.startsWith('zh') ? 'long' : 'short' });
    case 'year':
      return of({ year: 'numeric' });
    case 'week':
    case 'quarter':
      return `${name} · ${dayLabel(days.start, language)} – ${dayLabel(shifted(days.end, -1), language)}`;
  }
}
