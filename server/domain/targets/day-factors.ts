/**
 * How many usual days a day is expected to be worth beyond its weekday: 1 for a usual day, 5 for a 双11 that sells five
 * times as much. A day with another factor than 1 teaches nothing about usual days. Which days are unusual is known to a
 * calendar of holidays and nodes; without one every day is usual.
 */
export interface DayFactors {
  of(day: number): number;
  /** Past days of the same kind as an unusual one, whose hours tell its shape. */
  like(day: number): readonly number[];
  /** Of a part of the business: whether the whole says what the day is worth, because the part's own past says too little. */
  ofWhole?(day: number): boolean;
}
export const usualDays: DayFactors = { of: () => 1, like: () => [] };

/** Monday 0 … Sunday 6; day 0 of the calendar, 1970-01-01, was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
