/**
 * The policy `holidays`: the days off and the make-up workdays of whole years, as the State Council arranges them. A year
 * that is listed replaces what the program knows of that year, so that a new arrangement needs no new release.
 */
import * as z from 'zod';
import { businessDay } from '../events/fields.ts';
import { typed } from '../text/bounded-text.ts';

const DAY_MS = 86_400_000;
const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const isWeekend = (day: number): boolean => [0, 6].includes(new Date(day * DAY_MS).getUTCDay());

const arrangement = z.object({
  /** Both ends belong to the days off. */
  off: z.array(z.object({ name: typed(20), from: businessDay, to: businessDay })).max(20),
  /** Saturdays and Sundays on which people work. */
  work: z.array(businessDay).max(30),
});

export const holidays = z.object({ years: z.record(z.string(), arrangement) }).superRefine(({ years }, context) => {
  for (const [year, { off, work }] of Object.entries(years)) {
    const fail = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['years', year, ...path], message });
    if (!/^(199\d|20\d\d)$/.test(year)) {
      fail([], 'a year is written like 2027');
      continue;
    }
    const taken = new Map<number, string>();
    off.forEach(({ name, from, to }, i) => {
      const [first, last] = [dayNumber(from), dayNumber(to)];
      if (!from.startsWith(year) || !to.startsWith(year)) return fail(['off', i], `${from} to ${to} does not lie within ${year}`);
      if (last < first) return fail(['off', i, 'to'], `${to} lies before ${from}`);
      if (last - first > 14) return fail(['off', i, 'to'], `${name} would last ${last - first + 1} days; 15 is the most`);
      for (let day = first; day <= last; day += 1) {
        const other = taken.get(day);
        if (other !== undefined) return fail(['off', i], `${name} meets ${other}: a day belongs to one holiday`);
        taken.set(day, name);
      }
      return undefined;
    });
    work.forEach((text, i) => {
      const day = dayNumber(text);
      if (!text.startsWith(year)) fail(['work', i], `${text} does not lie within ${year}`);
      else if (!isWeekend(day)) fail(['work', i], `${text} is no Saturday or Sunday, so it is a workday already`);
      else if (taken.has(day)) fail(['work', i], `${text} is a day off of ${taken.get(day)} too`);
      else if (work.indexOf(text) !== i) fail(['work', i], `${text} is listed twice`);
    });
  }
});
export type HolidaysPolicy = z.infer<typeof holidays>;
