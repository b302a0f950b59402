/** What is true of every page of a workspace, whatever it shows: sent once when a page connects, and again when it changes. */
import * as z from 'zod';
import { group, list } from './shape.ts';

/** When of a day, HH:MM of the workspace's time zone. */
const hours = { from: z.string(), to: z.string() };

/** The policy `wall`. A name of a scene is not an enumeration here, so that a new scene changes no message. */
export const wall = group({
  rotation: list(group({ scene: z.string(), seconds: z.int() })),
  standup: group({ at: z.string(), days: list(z.int()), minutes: z.int() }).nullable(),
  quiet: group(hours).nullable(),
  sound: z.boolean(),
  speech: z.boolean(),
  dim: group({ ...hours, level: z.number() }).nullable(),
  paintBudgetMs: z.int(),
});

export const workspace = group({
  name: z.string(),
  /** The data are made up. */
  demo: z.boolean(),
  /** IANA name; days and hours are this zone's. */
  timeZone: z.string(),
  /** ISO 4217 */
  currency: z.string(),
  /** Decimal digits between a unit of the currency and its minor unit: 2 for CNY, 0 for JPY. */
  currencyDigits: z.int(),
  /** BCP 47; the language of a page nobody chose one for. */
  locale: z.string(),
  /** Own brands are configured. */
  brandsSet: z.boolean(),
  wall,
});
export type Workspace = z.infer<typeof workspace>;
