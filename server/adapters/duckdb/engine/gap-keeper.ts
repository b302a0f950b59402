/** Makes the tables of day gaps and brings them up to date, a bounded piece at a time, while nobody waits for the ledger. */
import type { Run } from './answer.ts';
import type { LedgerDatabase } from './database.ts';
import {
  createGaps,
  dayGaps,
  daysSql,
  gapsTable,
  linesSql,
  rowsThatMatter,
  standName,
  togetherSql,
  type Blocks,
  type DayGaps,
} from './day-gaps.ts';
import { dimColumn, tableOf } from './schema.ts';
import { whole } from './range.ts';
import { integerIn, textIn } from './result-values.ts';

export interface GapKeeper {
  /** Rows were appended. */
  appended(rows: number): void;
  /**
   * Does a piece of what there is to do, and resolves to what that was: making a table looks at all rows. Every row of the
   * blocks up to `position` is there. After an error there is nothing to do any more.
   */
  step(position: number): Promise<'nothing' | 'little' | 'much'>;
}

export interface GapLimits {
  /** So many rows behind, a table is brought up to date; fewer rows need none. */
  readonly behind: number;
  /** With more it is made anew. */
  readonly anew: number;
  /** Rows whose things are taken at once, so that the memory it takes does not grow with them. */
  readonly ofAPass: number;
}
const limitsOf: GapLimits = { behind: 8_192, anew: 200_000, ofAPass: 400_000 };

/** Lines of a table are put together when there are so many times as many as there need be. */
const LOOSE = 2;
const LOOSE_LEAST = 50_000;

interface Making {
  readonly gaps: DayGaps;
  readonly to: number;
  readonly passes: number;
  readonly pass: number;
}

export function createGapKeeper(database: Pick<LedgerDatabase, 'writing'>, limits: GapLimits = limitsOf): GapKeeper {
  let making: Making | undefined;
  let failed = false;
  /** No table is more rows behind; what is in the file is not known yet. */
  let behind = Infinity;
  /** Those that cannot be made: a thing's rows of a day sum below 0. */
  const impossible = new Set<DayGaps>();
  /** Lines of each table when they were put together. */
  const tight = new Map<DayGaps, number>();

  async function begin(gaps: DayGaps, to: number, run: Run): Promise<void> {
    await run(plain(`delete from meta where name = '${standName(gaps)}'`));
    await run(plain(createGaps(gaps)));
    const rows = await countOf(rowsThatMatter(gaps, `block <= ${whole(to)}`), run);
    making = { gaps, to, passes: Math.max(1, Math.ceil(rows / limits.ofAPass)), pass: 0 };
  }

  async function pass({ gaps, to, passes, pass: at }: Making, run: Run): Promise<void> {
    const things = passes === 1 ? 'true' : `hash(${dimColumn(gaps.of)}) % ${whole(passes)} = ${whole(at)}`;
    const made = await addLines(gaps, { from: -1, to }, things, run);
    const last = at + 1 === passes;
    making = last || !made ? undefined : { gaps, to, passes, pass: at + 1 };
    if (last && made) {
      await putTogether(gaps, run);
      await run(plain(`insert into meta values ('${standName(gaps)}', '${whole(to)}')`));
    }
  }

  async function bringUpToDate(gaps: DayGaps, blocks: Blocks, run: Run): Promise<void> {
    const of = dimColumn(gaps.of);
    const touched = `select ${of} from ${rowsThatMatter(gaps, `block > ${whole(blocks.from)} and block <= ${whole(blocks.to)}`)}`;
    if (!(await addLines(gaps, blocks, `${of} in (${touched})`, run))) return;
    if ((await countOf(gapsTable(gaps), run)) > LOOSE_LEAST + LOOSE * (tight.get(gaps) ?? 0)) await putTogether(gaps, run);
    await run(plain(`update meta set value = '${whole(blocks.to)}' where name = '${standName(gaps)}'`));
  }

  /** Adds what the days of some things are more than they were. Resolves to false when there can be no table. */
  async function addLines(gaps: DayGaps, blocks: Blocks, things: string, run: Run): Promise<boolean> {
    await run(plain(`create or replace temp table gap_days as ${daysSql(gaps, blocks, things)}`));
    const below = await run(plain('select 1 from gap_days where stands < 0 limit 1'));
    if (below.length > 0) {
      impossible.add(gaps);
      await run(plain(`delete from meta where name = '${standName(gaps)}'`));
      await run(plain(createGaps(gaps)));
    } else {
      const more = [`select *, 1 as things from (${linesSql('gap_days', 'stands')})`];
      if (blocks.from >= 0) more.push(`select *, -1 as things from (${linesSql('gap_days', 'was')})`);
      await run(plain(`insert into ${gapsTable(gaps)} ${togetherSql(more)}`));
    }
    await run(plain('drop table gap_days'));
    return below.length === 0;
  }

  async function putTogether(gaps: DayGaps, run: Run): Promise<void> {
    const table = gapsTable(gaps);
    await run(plain(`create or replace temp table gap_lines as ${togetherSql([`select * from ${table}`])}`));
    await run(plain(createGaps(gaps)));
    await run(plain(`insert into ${table} from gap_lines order by day`));
    await run(plain('drop table gap_lines'));
    tight.set(gaps, await countOf(table, run));
  }

  /** A number of rows where there is nothing to do: so many a table is behind. */
  async function piece(gaps: DayGaps, position: number, run: Run): Promise<number | 'little' | 'much'> {
    const stand = await standOf(gaps, run);
    const rows = await countOf(`${tableOf(gaps.family)} where block > ${whole(stand ?? -1)}`, run);
    if (rows < limits.behind) return rows;
    if (stand === undefined || rows > limits.anew) {
      await begin(gaps, position, run);
      return 'much';
    }
    await bringUpToDate(gaps, { from: stand, to: position }, run);
    return 'little';
  }

  async function next(position: number): Promise<'nothing' | 'little' | 'much'> {
    const made = making;
    if (made) {
      await database.writing((run) => pass(made, run));
      return 'much';
    }
    if (behind < limits.behind) return 'nothing';
    let most = 0;
    for (const gaps of dayGaps) {
      if (impossible.has(gaps)) continue;
      const done = await database.writing((run) => piece(gaps, position, run));
      if (typeof done === 'string') return done;
      most = Math.max(most, done);
    }
    behind = most;
    return 'nothing';
  }

  return {
    appended(rows) {
      behind += rows;
    },
    async step(position) {
      if (failed) return 'nothing';
      try {
        return await next(position);
      } catch (error) {
        failed = true;
        throw error;
      }
    },
  };
}

/** In a file nobody else uses yet. What fails here is tried again when the file is opened. */
export async function makeGaps(database: Pick<LedgerDatabase, 'writing'>, position: number, limits?: GapLimits): Promise<void> {
  const keeper = createGapKeeper(database, limits);
  try {
    while ((await keeper.step(position)) !== 'nothing');
  } catch {
    return;
  }
}

/** The newest block whose rows a table holds; undefined while there is no table to be used. */
export async function standOf(gaps: DayGaps, run: Run): Promise<number | undefined> {
  const [row] = await run(plain(`select value from meta where name = '${standName(gaps)}'`));
  return row && Number(textIn(row, 0));
}

const plain = (sql: string) => ({ sql, values: [] });

async function countOf(from: string, run: Run): Promise<number> {
  const [row] = await run(plain(`select count(*) from ${from}`));
  return row ? integerIn(row, 0) : 0;
}
