/**
 * Orders with anything that happened after a moment. For a moment close to now they are
 * few, and what the store answers for it is what it answers now, less these as they
 * stand, plus these as they stood: events up to two minutes ahead are accepted, so
 * without this every question about “now” could cost a recount of the month.
 */
import type { Reader } from './reader.ts';

export interface LaterOrder {
  readonly key: string;
  /** null while only refunds of it are known. */
  readonly id: number | null;
  readonly versions: string | null;
}

/** Beyond this many a recount of the asked days is the cheaper way. */
const LIMIT = 20_000;

const later: readonly string[] = [
  'select key, id, versions from orders where day > ?2 limit ?3',
  'select key, id, versions from orders where day = ?2 and paid_at > ?1 limit ?3',
  'select key, id, versions from orders where cancelled_at > ?1 and ?2 is not null limit ?3',
  `select r.order_key, o.id, o.versions from refunds r left join orders o on o.key = r.order_key where r.at > ?1 and ?2 is not null limit ?3`,
  `select o.key, o.id, o.versions from leads l cross join orders o on o.lead_id = l.lead_id and o.lead_id is not null
   where l.at > ?1 and ?2 is not null limit ?3`,
];

/** undefined when there are too many to be worth it. Only event time counts here; what was known when is another question. */
export function ordersAfter(reader: Reader, asOf: number): LaterOrder[] | undefined {
  const found = new Map<string, LaterOrder>();
  for (const sql of later) {
    const rows = reader.arrays(sql).all(asOf, reader.calendar.dayOf(asOf), LIMIT) as unknown as [string, number | null, string | null][];
    for (const [key, id, versions] of rows) found.set(key, { key, id, versions });
    if (rows.length === LIMIT || found.size >= LIMIT) return undefined;
  }
  return [...found.values()];
}
