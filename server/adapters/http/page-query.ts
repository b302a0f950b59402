/** The two parameters every list takes. */
import * as z from 'zod';
import { placeOf, type PageQuery, type Place } from '../../pipeline/ports/page.ts';
import { wholeNumber } from './query.ts';

/** Most rows of a page; a page may hold fewer where its rows are long. */
const MOST_ROWS = 200;

export const pageParameters = {
  limit: wholeNumber(1, MOST_ROWS)
    .optional()
    .meta({ description: `At most so many rows; ${MOST_ROWS} at most, and when absent`, example: '50' }),
  cursor: z
    .string()
    .transform((text, context): Place => {
      const place = placeOf(text);
      if (place !== undefined) return place;
      context.addIssue('the cursor is the `next` of the page before');
      return z.NEVER;
    })
    .optional()
    .meta({ description: 'The `next` of the page before; absent = from the beginning' }),
};

export function pageOf({ limit, cursor }: { readonly limit?: number | undefined; readonly cursor?: Place | undefined }): PageQuery {
  return { limit: limit ?? MOST_ROWS, after: cursor ?? null };
}
