/** What the store remembers of the machine's clock, and which rows a step of it may concern [T8]. */
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { CLOCK_EPOCHS, shiftsIn } from '../receipt-text.ts';
import type { TxContext } from './context.ts';

type OwnClock = Pick<
  StoreTx,
  | ('incidentsStampedFrom' | 'clockState' | 'putClockState' | 'settleStamps' | 'clockEpochs' | 'putClockEpochs' | 'newestStamp')
  | ('heldEpochs' | 'putHeldEpochs' | 'newestQuarantined')
>;

const stampedFrom = `select id from incidents where opened_at >= ?1 or resolved_at >= ?1
  union select incident_id from clocks where state = 'armed' or fired_at >= ?1 or stopped_at >= ?1
  union select incident_id from escalation_steps where state = 'armed' or fired_at >= ?1`;
/** Settings that name no other date are in force from when they were set, or from when their request came. */
const withIt = (column: string): string => `${column} = ${column} + iif(abs(${column} - set_at) < 60000, ?1 - set_at, 0), set_at = ?1`;
const settings = [
  {
    rows: `select name || ' ' || version, set_at from policies where set_at >= ?`,
    update: `update policies set ${withIt('effective_from')} where name || ' ' || version = ?2`,
  },
  {
    rows: 'select cast(id as text), set_at from targets where set_at >= ?',
    update: `update targets set ${withIt('effective_at')} where id = cast(?2 as integer)`,
  },
] as const;
/** The last rows, not the highest stamps: what was written under a wrong clock long ago says nothing about today's. */
const newest = `select max(at) from (
  select at from (select at from change_log order by number desc limit 1)
  union all select received_at from (select received_at from quarantine order by id desc limit 1))`;

const put = 'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value';

export function ownClockPart({ transaction, clock }: TxContext): OwnClock {
  async function kept(name: string): Promise<string | undefined> {
    const [row] = await transaction.rows<[string]>('select value from meta where name = ?', [name]);
    return row?.[0];
  }

  return {
    async incidentsStampedFrom(stamp) {
      // SQLite compares integers only with integers it can hold.
      const from = Math.min(stamp, Number.MAX_SAFE_INTEGER);
      return (await transaction.rows<[string]>(stampedFrom, [from])).map(([id]) => id);
    },
    clockState: () => kept('clock'),
    async putClockState(state) {
      transaction.run(put, ['clock', state]);
    },
    async settleStamps(from, now, move) {
      transaction.run('update streams set received_at = min(received_at, ?1), alive_at = min(alive_at, ?1)', [now]);
      const since = Math.min(from, Number.MAX_SAFE_INTEGER);
      for (const { rows, update } of settings) {
        for (const [id, setAt] of await transaction.rows<[string, number]>(rows, [since])) transaction.run(update, [move(setAt), id]);
      }
    },
    clockEpochs: () => kept(CLOCK_EPOCHS),
    async putClockEpochs(epochs) {
      const { shifts } = clock;
      clock.shifts = shiftsIn(epochs);
      transaction.onRollBack(() => {
        clock.shifts = shifts;
      });
      transaction.run(put, [CLOCK_EPOCHS, epochs]);
    },
    heldEpochs: () => kept('held_epochs'),
    async putHeldEpochs(epochs) {
      transaction.run(put, ['held_epochs', epochs]);
    },
    async newestQuarantined() {
      const [row] = await transaction.rows<[number | null]>('select max(id) from quarantine', []);
      return row?.[0] ?? 0;
    },
    async newestStamp() {
      const [row] = await transaction.rows<[number | null]>(newest, []);
      return row?.[0] ?? null;
    },
  };
}
