/** Business days as people count them (`GET /api/calendar`): workdays, days off, nodes, and the day a year earlier each is compared with. */
import * as z from 'zod';

export const calendarDay = z.object({
  day: z.iso.date(),
  /** workday: also a make-up Saturday or Sunday · rest: any other Saturday or Sunday · holiday: a day off. */
  kind: z.enum(['workday', 'rest', 'holiday']),
  /** Name of the holiday a day off belongs to. */
  holiday: z.string().nullable(),
  /** Whether the arrangement of its year is known; without it only the days off of the law count. */
  arranged: z.boolean(),
  /** Days from the node's own day; below 0 in the run-up. */
  node: z.object({ id: z.string(), name: z.object({ 'zh-CN': z.string(), en: z.string() }), offset: z.int() }).nullable(),
  /** Monday 0 … Sunday 6: whose habits the day has. A day off has a Sunday’s, a make-up workday those of the weekday it stands in for. */
  weekdayLike: z.int().min(0).max(6),
  /** null beyond the years the almanac knows. */
  comparedWith: z.iso.date().nullable(),
});
export type CalendarDay = z.infer<typeof calendarDay>;

export const calendarAnswer = z.object({ timeZone: z.string(), days: z.array(calendarDay) });
export type CalendarAnswer = z.infer<typeof calendarAnswer>;
