/** The leads of a contact next to a place, by the index `leads_by_contact`: the cost does not hang on how many there are. */
import type { ContactPlace } from '../../../pipeline/ports/transaction.ts';
import { paced, type TxContext } from './context.ts';

type Beside = Omit<ContactPlace, 'contact'>;

/** How many places one lookup takes: bounds a message. */
const PLACES_AT_ONCE = 500;

const sqlOf = (direction: 'earlier' | 'later'): string => {
  const [sign, order] = direction === 'earlier' ? ['<', 'desc'] : ['>', 'asc'];
  return `select j.key, l.at, l.lead_id from json_each(?) j cross join leads l on l.id in (
      select id from leads where contact_hash = j.value ->> 0 and (at, lead_id) ${sign} (j.value ->> 1, j.value ->> 2)
      order by at ${order}, lead_id ${order} limit ?)
    order by 1, 2 ${order}, 3 ${order}`;
};
const sql = { earlier: sqlOf('earlier'), later: sqlOf('later') };

export async function leadsBeside(
  context: TxContext,
  places: readonly ContactPlace[],
  direction: 'earlier' | 'later',
  limit: number,
): Promise<readonly (readonly Beside[])[]> {
  const found: Beside[][] = places.map(() => []);
  for (let from = 0; from < places.length; from += PLACES_AT_ONCE) {
    const some = places.slice(from, from + PLACES_AT_ONCE).map(({ contact, at, leadId }) => [contact, at, leadId]);
    const rows = await context.transaction.rows<[number, number, string]>(sql[direction], [JSON.stringify(some), limit]);
    await paced(context, rows, ([i, at, leadId]) => found[from + i]?.push({ at, leadId }));
  }
  return found;
}
