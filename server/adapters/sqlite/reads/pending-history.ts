/** Mentions that wait for a decision (补录待定). */
import type { PendingMention } from '../../../../shared/incidents/types.ts';
import { brandSet } from '../../../../shared/text/brand-key.ts';
import type { Page, PageQuery } from '../../../pipeline/ports/page.ts';
import { OLD_NEGATIVES, PENDING } from '../pending-mentions.ts';
import { policiesInForce } from '../settings.ts';
import { withinBytes } from './bounded-rows.ts';
import { mentionOfRow, shortMention } from './mention-row.ts';
import type { Reader } from './reader.ts';
import { numberIn } from '../row-values.ts';

const PAGE_BYTES = 240_000;

/** Own brands' negative mentions that were too old to open a clock and belong to no incident yet, newest first. */
export function readPendingHistory(
  reader: Reader,
  { limit, after, since }: PageQuery & { readonly since?: number },
  now: number,
): Page<PendingMention> {
  const brands = brandSet(policiesInForce(reader.rows, now).brands.own);
  // SQL compares bytes: it gets every spelling there is of an own brand.
  const spellings = reader
    .rows(`select distinct m.brand as brand from mentions m where ${OLD_NEGATIVES}`)
    .all()
    .map((row) => row['brand']);
  const own = JSON.stringify(spellings.filter((brand) => typeof brand === 'string' && brands.has(brand)));
  const pending = `from mentions m where ${PENDING}`;
  const total = reader.rows(`select count(*) as n ${pending} and m.at >= ?`).get(own, since ?? 0)?.['n'] as number;
  if (limit === 0) return { total, rows: [], next: null };
  const found = reader
    .rows(`select m.* ${pending} and (m.at, m.id) < (?, ?) order by m.at desc, m.id desc limit ?`)
    .all(own, ...(after ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]), limit + 1)
    .flatMap((row) => {
      const mention = mentionOfRow(row);
      return mention ? [{ mention: shortMention(mention), at: numberIn(row, 'at'), id: numberIn(row, 'id') }] : [];
    });
  const shown = withinBytes(found.slice(0, limit), PAGE_BYTES, ({ mention }) => mention);
  const last = shown.at(-1);
  return { rows: shown.map(({ mention }) => mention), total, next: shown.length < found.length && last ? [last.at, last.id] : null };
}
