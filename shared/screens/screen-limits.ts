/** Numbers of the proof that a screen paints. This file imports nothing: zod does not go into the browser's code. */

/** How often a page says what it painted last. */
export const REPORT_EVERY_MS = 4_000;
/** Most characters of the name people give to a screen. */
export const SCREEN_NAME_MAX = 40;
/** Ids are made by pages. */
export const SCREEN_ID_MIN = 8;
export const SCREEN_ID_MAX = 64;
/** For so long a screen shows its name large when somebody asks which one it is. */
export const IDENTIFY_MS = 10_000;
/** The end of an id that tells two screens without a name apart. */
export const screenCode = (id: string): string => id.slice(-6);
/** Most red stories a report names. */
export const RED_NAMED_MAX = 50;
/** Most screens the server remembers; of those without a name the one unseen for longest makes room. */
export const SCREENS_MAX = 500;
