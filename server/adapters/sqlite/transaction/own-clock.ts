/** What the store remembers of the machine's clock, and which rows a step of it may concern [T8]. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';

type OwnClock = Pick<StoreTx, 'incidentsStampedFrom' | 'clockState' | 'putClockState' | 'newestStamp'>;

const stampedFrom = `select id from incidents where opened_at >= ?1 or resolved_at >= ?1
  union select incident_id from clocks where state = 'armed' or fired_at >= ?1 or stopped_at >= ?1
  union select incident_id from escalation_steps where state = 'armed' or fired_at >= ?1`;
/** The last rows, not the highest stamps: what was written under a wrong clock long ago says nothing about today's. */
const newest = `select max(at) from (
  select at from (select at from change_log order by number desc limit 1)
  union all select received_at from (select received_at from quarantine order by id desc limit 1))`;

export function ownClockPart({ transaction }: TxContext): OwnClock {
  return {
    async incidentsStampedFrom(stamp) {
      // SQLite compares integers only with integers it can hold.
      const from = Math.min(stamp, Number.MAX_SAFE_INTEGER);
      return (await transaction.rows<[string]>(stampedFrom, [from])).map(([id]) => id);
    },
    async clockState() {
      const [row] = await transaction.rows<[string]>(`select value from meta where name = 'clock'`, []);
      return row?.[0];
    },
    async putClockState(state) {
      transaction.run(`insert into meta (name, value) values ('clock', ?) on conflict (name) do update set value = excluded.value`, [
        state,
      ]);
    },
    async newestStamp() {
      const [row] = await transaction.rows<[number | null]>(newest, []);
      return row?.[0] ?? null;
    },
  };
}
