/** What the calendar of the world says and no arithmetic of ours can: lunar dates, the Tomb-sweeping term, arranged holidays. Days are business days since 1970-01-01. */

/** The days off and make-up workdays of one year, as the State Council arranged them. */
export interface Arrangement {
  /** Day off → name of the holiday, 春节. */
  readonly off: ReadonlyMap<number, string>;
  /** Saturdays and Sundays on which people work. */
  readonly work: ReadonlySet<number>;
}

export interface Almanac {
  /** Years it can speak of, both ends included. */
  readonly firstYear: number;
  readonly lastYear: number;
  /** The day of a date of the lunar calendar; `month` is never a leap month. */
  lunarDay(year: number, month: number, day: number): number;
  /** The day of the solar term 清明. */
  qingming(year: number): number;
  /** undefined while the year's arrangement is not known. */
  arrangement(year: number): Arrangement | undefined;
}
