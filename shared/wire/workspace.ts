/** What is true of every page of a workspace, whatever it shows: sent once when a page connects, and again when it changes. */
import * as z from 'zod';
import { group } from './shape.ts';

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
});
export type Workspace = z.infer<typeof workspace>;
