/** What the desk of PR writes besides commands: drafts of answers, and mentions that nobody will open a story for. */
import { brandSet } from '../../../../shared/text/brand-key.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { OLD_NEGATIVES, PENDING } from '../pending-mentions.ts';
import type { TxContext } from './context.ts';

type Desk = Pick<StoreTx, 'putIncidentDraft' | 'dismissPending'>;

export function deskPart({ transaction }: TxContext): Desk {
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
      const spellings = await transaction.rows<[string]>(`select distinct m.brand from mentions m where ${OLD_NEGATIVES}`, []);
      const brands = brandSet(own);
      const ofOurs = JSON.stringify(spellings.map(([brand]) => brand).filter((brand) => brands.has(brand)));
      const named = keys === null ? '' : 'and m.key in (select value from json_each(?5))';
      return transaction.changes(
        `insert into dismissed_mentions (mention_key, actor, reason, at)
         select m.key, ?2, ?3, ?4 from mentions m where ${PENDING.replace('(?)', '(?1)')} ${named} on conflict do nothing`,
        [ofOurs, actor, reason, at, ...(keys === null ? [] : [JSON.stringify(keys)])],
      );
    },
  };
}
