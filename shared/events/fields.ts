/**
 * Field types of the event contract, each with its bounds, so that every event
 * file says what a field *is* and nothing about how long it may be.
 */
import * as z from 'zod';
import { characters, visible } from '../text/bounded-text.ts';
import { toNfc } from '../text/nfc.ts';
import { instantMessage, readInstant } from './rfc3339.ts';
import { MAX_ID, MAX_MONEY } from './limits.ts';

const MAX_TEXT = 20_000;

const compared = z.string().overwrite(toNfc);
/** Identifier of an order, buyer, lead, …: 1–200 characters, compared in NFC. */
export const id = characters(1, MAX_ID, compared);
/** Name people chose: channel, region, platform, SKU, category. 1–80 characters of which something can be seen, compared in NFC. */
export const name = visible(1, 80, compared);
/** Free text, at most 20,000 characters, kept as written. */
export const text = characters(0, MAX_TEXT);
/** Free text that may not be empty. */
export const title = visible(1, MAX_TEXT);
/** Money in minor units of the workspace currency, 0 … 9×10¹⁵. */
export const money = z.int().min(0).max(MAX_MONEY);
/** Integer count ≥ 0. */
export const count = z.int().min(0);
/** Rises by at least one with every change of one entity; the highest wins. */
export const version = z.int().min(1);
/** Business day, `YYYY-MM-DD`, a day that exists. */
export const businessDay = z.iso.date();
/** RFC 3339 instant with an offset, kept as written, of any year: whoever uses it decides what it may mean. */
export const instant = z
  .string()
  .refine((text) => typeof readInstant(text) === 'number', {
    error: ({ input }) => {
      const read = readInstant(input);
      return typeof read === 'number' ? undefined : instantMessage(read);
    },
  })
  .meta({ format: 'date-time' });
/** ISO 4217 code; must equal the workspace's currency (`wrong_currency`). */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .optional();
/** How a lead or engagement was won. */
export const touch = z.enum(['earned', 'owned', 'paid']);
/** Label a monitoring service gives a mention. */
export const label = z.enum(['positive', 'neutral', 'negative']);
/** Sentiment score, −1 … 1. */
export const score = z.number().min(-1).max(1);
