/** Stories whose mentions are to be judged anew by events of our own, and the mentions it is still to be done for. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';

type Corrections = Pick<StoreTx, 'putCorrection' | 'corrections' | 'membersToCorrect' | 'endCorrection'>;

export function correctionsPart({ transaction }: TxContext): Corrections {
  return {
    async putCorrection({ incidentId, polarity, actor, reason, at }) {
      transaction.run(
        `insert into sentiment_corrections (incident_id, polarity, actor, reason, at) values (?, ?, ?, ?, ?)
         on conflict (incident_id) do update set polarity = excluded.polarity, actor = excluded.actor, reason = excluded.reason, at = excluded.at`,
        [incidentId, polarity, actor, reason, at],
      );
    },
    async corrections(limit) {
      const rows = await transaction.rows<[string, 'neutral' | 'negative', string, string, number]>(
        'select incident_id, polarity, actor, reason, at from sentiment_corrections order by at, incident_id limit ?',
        [limit],
      );
      return rows.map(([incidentId, polarity, actor, reason, at]) => ({ incidentId, polarity, actor, reason, at }));
    },
    async membersToCorrect({ incidentId, polarity }, after, limit) {
      const rows = await transaction.rows<[string, number]>(
        `select i.mention_key, i.ordinal from incident_mentions i cross join mentions m on m.key = i.mention_key
         where i.incident_id = ?1 and i.ordinal > ?2 and m.deleted = 0 and m.polarity = ?3 order by i.ordinal limit ?4`,
        [incidentId, after, polarity === 'neutral' ? 'negative' : 'neutral', limit],
      );
      return rows.map(([key, ordinal]) => ({ key, ordinal }));
    },
    async endCorrection({ incidentId, at }) {
      transaction.run('delete from sentiment_corrections where incident_id = ? and at = ?', [incidentId, at]);
    },
  };
}
