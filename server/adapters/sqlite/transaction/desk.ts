/** What the desk of PR writes besides commands: drafts of answers, and mentions that nobody will open a story for. */
import { brandSet } from '../../../../shared/text/brand-key.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { factOfRow } from '../fact-row.ts';
import { OLD_NEGATIVES, PENDING } from '../pending-mentions.ts';
import type { TxContext } from './context.ts';

type Desk = Pick<StoreTx, 'putIncidentDraft' | 'dismissPending' | 'pagePending'>;

export function deskPart({ transaction, clock }: TxContext): Desk {
  /** SQL compares bytes: it gets every spelling there is of an own brand, as a JSON array. */
  async function spellingsOf(own: readonly string[]): Promise<string> {
    const spellings = await transaction.rows<[string]>(`select distinct m.brand from mentions m where ${OLD_NEGATIVES}`, []);
    const brands = brandSet(own);
    return JSON.stringify(spellings.map(([brand]) => brand).filter((brand) => brands.has(brand)));
  }

  return {
    async putIncidentDraft(incidentId, { person, text, links }, at) {
      if (text.trim() === '' && links.length === 0) {
        transaction.run('delete from incident_drafts where incident_id = ? and person = ?', [incidentId, person]);
        return;
      }
      transaction.run(
        `insert into incident_drafts (incident_id, person, text, links, updated_at) values (?, ?, ?, ?, ?)
         on conflict (incident_id, person) do update set text = excluded.text, links = excluded.links, updated_at = excluded.updated_at`,
        [incidentId, person, text, JSON.stringify(links), at],
      );
    },
    async dismissPending({ keys, own, actor, reason, at }) {
      const ofOurs = await spellingsOf(own);
      const named = keys === null ? '' : 'and m.key in (select value from json_each(?5))';
      return transaction.changes(
        `insert into dismissed_mentions (mention_key, actor, reason, at)
         select m.key, ?2, ?3, ?4 from mentions m where ${PENDING.replace('(?)', '(?1)')} ${named} on conflict do nothing`,
        [ofOurs, actor, reason, at, ...(keys === null ? [] : [JSON.stringify(keys)])],
      );
    },
    async pagePending(own, after, limit) {
      const rows = await transaction.rows<[number, number, string, string]>(
        `select m.at, m.id, m.key, m.versions from mentions m where ${PENDING.replace('(?)', '(?1)')} and (m.at, m.id) > (?2, ?3)
         order by m.at, m.id limit ?4`,
        [await spellingsOf(own), ...(after ?? [Number.MIN_SAFE_INTEGER, 0]), limit],
      );
      const last = rows.at(-1);
      return {
        facts: rows.map(([, , key, versions]) => factOfRow('mention', key, versions, clock.shifts)),
        next: last === undefined || rows.length < limit ? null : [last[0], last[1]],
      };
    },
  };
}
