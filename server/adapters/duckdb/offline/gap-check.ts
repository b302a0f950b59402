/** Whether the tables of day gaps say of a ledger's rows what they were made to say: each is made anew from the rows and compared. */
import { dayGaps, daysSql, gapsTable, linesSql, standName, togetherSql, type DayGaps } from '../engine/day-gaps.ts';
import { literal, withLedger, type Staging } from './staging.ts';

export interface CheckedGaps {
  /** Words for it, such as `customer by channel`. */
  readonly name: string;
  readonly lines: number;
  /** Lines of which the rows say something else. */
  readonly different: number;
}

/** Of the ledger in a file, which nobody else has open. A table that is not there is made by the next server. */
export function checkGaps(staging: Staging, file: string): Promise<readonly CheckedGaps[]> {
  return withLedger(staging, file, async (ledger) => {
    const checked: CheckedGaps[] = [];
    for (const gaps of dayGaps) {
      const [stand] = await staging.query(`select value from ${ledger}.meta where name = ${literal(standName(gaps))}`);
      if (stand) checked.push(await checkedGaps(staging, ledger, gaps, Number(stand[0])));
    }
    return checked;
  });
}

async function checkedGaps(staging: Staging, ledger: string, gaps: DayGaps, stand: number): Promise<CheckedGaps> {
  const table = `${ledger}.${gapsTable(gaps)}`;
  await staging.run(`create or replace temp table gap_days as ${daysSql(gaps, { from: -1, to: stand }, 'true', `${ledger}.`)}`);
  const both = togetherSql([`select * from ${table}`, `select *, -1 as things from (${linesSql('gap_days', 'stands')})`]);
  const [counts] = await staging.query(
    `select (select count(*) from ${table}), (select count(*) from (${both})) + (select count(*) from gap_days where stands < 0)`,
  );
  await staging.run('drop table gap_days');
  const [lines, different] = counts ?? [];
  return { name: gaps.by === undefined ? gaps.of : `${gaps.of} by ${gaps.by}`, lines: Number(lines), different: Number(different) };
}
