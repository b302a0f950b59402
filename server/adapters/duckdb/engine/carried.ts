/**
 * Answers of the ledger, carried on: a sum or a count that was asked before is answered again from the rows that came since
 * and those that begin to count between the two moments, which are few, in place of all rows of the range. A figure of a
 * month thus costs what is new, not what the month holds; a question about families that nothing came to costs no statement.
 *
 * An answer stands for the rows of the blocks up to one and of the instants (`since`) up to one. Both only say which rows are
 * in it: any other pair is reached by adding the rows of the one side and taking away those of the other.
 */
import type { FamilyName } from '../../../domain/ledger/registry.ts';
import type { DistinctRow, SumQuestion, SumRow } from '../../../pipeline/ports/ledger.ts';
import type { Run } from './answer.ts';
import type { Placed } from './append.ts';
import { changedCounts, changedSums, rowsBetween, type Between, type Stand } from './carry-on.ts';
import { countedByGaps, gapsFor } from './gap-counts.ts';
import { standOf } from './gap-keeper.ts';
import { distinctRow, distinctStatement, nettedStatement, type CountQuestion } from './distinct.ts';
import { questionKey, whole } from './range.ts';
import { integerIn, type ResultRow } from './result-values.ts';
import { changedWindows, countedWindows, hullOf, type WindowsQuestion } from './rolling.ts';
import { tableOf } from './schema.ts';
import { sumRow, sumStatement } from './sums.ts';

export type CarriedQuestion = SumQuestion | CountQuestion | WindowsQuestion;
export type CarriedRows = readonly SumRow[] | readonly DistinctRow[];

export interface Carried {
  /** Before rows are appended: what is told too early only costs a look. */
  appending(rows: readonly Placed[], position: number): void;
  /** Within a transaction that sees the blocks up to `position`. */
  answer(question: CarriedQuestion, position: number, run: Run): Promise<CarriedRows>;
}

type Latest = Record<'since' | 'received', number>;
interface Family {
  /** The newest block with rows of it, and how many rows came since the file was opened. */
  block: number;
  rows: number;
  /** The latest instant from which any of these rows holds, and the latest at which one was received. */
  readonly came: Latest;
  /** The same of the rows there were before; absent until it was read. */
  readonly found: Partial<Latest>;
  /** No row holds from an instant behind `from` and up to `to`. */
  gap: { readonly from: number; readonly to: number };
}
interface Kept {
  readonly stand: Stand;
  readonly rows: CarriedRows;
  /** Rows of the family that had come, and the latest instant from which one of them holds, when the answer was made. */
  readonly came: number;
  readonly newest: number;
}

const QUESTIONS_MOST = 400;
const ROWS_MOST = 50_000;
const ROWS_OF_ONE = 2_000;
/** The same question about moments far apart, such as last month as a whole and last month up to this hour. */
const STANDS_OF_ONE = 3;
/** So far around a moment is looked for rows that begin to hold. */
const AROUND_MS = 3_600_000;
/** With more rows in between, things are counted anew. */
const BETWEEN_MOST = 20_000;

export function createCarried(): Carried {
  const families = new Map<FamilyName, Family>();
  /** In the order of asking: the one asked longest ago comes first. */
  const kept = new Map<string, readonly Kept[]>();
  let rowsKept = 0;

  function familyOf(name: FamilyName): Family {
    const family = families.get(name) ?? {
      ...{ block: 0, rows: 0, gap: { from: 0, to: 0 }, found: {} },
      came: { since: -Infinity, received: -Infinity },
    };
    families.set(name, family);
    return family;
  }

  async function latestOf(name: FamilyName, column: keyof Latest, run: Run): Promise<number> {
    const family = familyOf(name);
    if (family.found[column] === undefined) {
      const [row] = await run({ sql: `select coalesce(max(${column}), 0) from ${tableOf(name)}`, values: [] });
      family.found[column] = row ? integerIn(row, 0) : 0;
    }
    return Math.max(family.found[column], family.came[column]);
  }

  /** What was known up to a moment at which every row had come is what is known: so both are answered as one question. */
  async function withoutIdleCut(question: CarriedQuestion, run: Run): Promise<CarriedQuestion> {
    const { knownAt, besides: _besides, ...rest } = question.cut ?? {};
    if (knownAt === undefined || knownAt < (await latestOf(question.family, 'received', run))) return question;
    return { ...question, cut: rest };
  }

  /** Whether no row of a family begins to hold between two moments. What lies around a moment is read once for all questions. */
  async function isStill(name: FamilyName, asOf: number, to: Stand, run: Run): Promise<boolean> {
    const [low, high] = [Math.min(asOf, to.asOf), Math.max(asOf, to.asOf)];
    if (low === high) return true;
    if (high - low > AROUND_MS) return false;
    const family = familyOf(name);
    const within = (): boolean => low >= family.gap.from && high <= family.gap.to;
    if (within()) return true;
    const [from, until] = [low - AROUND_MS, high + AROUND_MS];
    const [row] = await run({
      sql: `select coalesce(max(since) filter (where since <= ${whole(high)}), ${whole(from)}), coalesce(min(since) filter (where since > ${whole(high)}), ${whole(until + 1)})
        from ${tableOf(name)} where since > ${whole(from)} and since <= ${whole(until)}`,
      values: [],
    });
    // Rows that came and are not seen by this transaction may lie in between.
    if (row && family.block <= to.block) family.gap = { from: integerIn(row, 0), to: integerIn(row, 1) - 1 };
    return within();
  }

  const mayBegin = async (name: FamilyName, { stand, newest }: Pick<Kept, 'stand' | 'newest'>, to: Stand, run: Run): Promise<boolean> =>
    newest > Math.min(stand.asOf, to.asOf) && !(await isStill(name, stand.asOf, to, run));

  /** Carried on from the table that holds such counts; undefined where there is none, or too much lies in between. */
  async function fromGaps(
    question: CarriedQuestion,
    { stand: to, newest }: Omit<Kept, 'rows'>,
    run: Run,
  ): Promise<CarriedRows | undefined> {
    if (question.ask !== 'distinct' && question.ask !== 'windows') return undefined;
    const gaps = gapsFor(question);
    const block = gaps && (await standOf(gaps, run));
    if (!gaps || block === undefined) return undefined;
    const from = { block, asOf: Infinity };
    const between = { from, to, later: to.block > block, instants: await mayBegin(question.family, { stand: from, newest }, to, run) };
    const rows = await countedByGaps(gaps, question, run);
    return between.later || between.instants ? carriedOn(question, rows, 0, between, run) : rows;
  }

  function keep(key: string, made: Kept, instead: Kept | undefined): void {
    if (made.rows.length > ROWS_OF_ONE) return;
    const all = [...drop(key).filter((one) => one !== instead), made];
    const latest = Math.max(...all.map(({ stand }) => stand.asOf));
    // The latest moment is the one that goes on with the clock.
    const spare = all.length > STANDS_OF_ONE ? all.find(({ stand }) => stand.asOf < latest) : undefined;
    put(
      key,
      all.filter((one) => one !== spare),
    );
    for (const oldest of kept.keys()) {
      if (kept.size <= QUESTIONS_MOST && rowsKept <= ROWS_MOST) return;
      drop(oldest);
    }
  }
  function put(key: string, all: readonly Kept[]): void {
    kept.set(key, all);
    rowsKept += weightOf(all);
  }
  function drop(key: string): readonly Kept[] {
    const all = kept.get(key) ?? [];
    rowsKept -= weightOf(all);
    kept.delete(key);
    return all;
  }

  return {
    appending(rows, position) {
      for (const { row } of rows) {
        const family = familyOf(row.family);
        family.block = position;
        family.rows += 1;
        family.came.since = Math.max(family.came.since, row.since);
        family.came.received = Math.max(family.came.received, row.received);
        if (row.since > family.gap.from && row.since <= family.gap.to) family.gap = { from: 0, to: 0 };
      }
    },
    async answer(asked, position, run) {
      const question = await withoutIdleCut(asked, run);
      const key = keyOf(question);
      const to: Stand = { block: position, asOf: question.cut?.asOf ?? Infinity };
      const family = familyOf(question.family);
      const now = { stand: to, came: family.rows, newest: await latestOf(question.family, 'since', run) };
      const old = nearest(kept.get(key) ?? [], to);
      if (old) {
        const from = old.stand;
        const instants = await mayBegin(question.family, old, to, run);
        const between = { from, to, later: family.block > from.block, instants };
        if (!between.later && !instants) {
          put(key, drop(key));
          return old.rows;
        }
        const rows = await carriedOn(question, old.rows, now.came - old.came, between, run);
        if (rows) {
          keep(key, { ...now, rows }, to.asOf >= from.asOf ? old : undefined);
          return rows;
        }
      }
      const rows = (await fromGaps(question, now, run)) ?? (await fresh(question, run));
      keep(key, { ...now, rows }, undefined);
      return rows;
    },
  };
}

/** Undefined where too much lies in between. */
async function carriedOn(
  question: CarriedQuestion,
  rows: CarriedRows,
  came: number,
  between: Between,
  run: Run,
): Promise<CarriedRows | undefined> {
  if (question.ask === 'sums') return changedSums(question, rows.filter(isSum), between, run);
  const counted = question.ask === 'windows' ? hullOf(question) : question;
  if (came > BETWEEN_MOST) return undefined;
  const lie = await rowsBetween(counted, between, run);
  if (lie.count > BETWEEN_MOST) return undefined;
  if (lie.count === 0) return rows;
  if (question.ask === 'windows') return changedWindows(question, rows.filter(isCount), { ...between, ...lie }, run);
  return changedCounts(question, rows.filter(isCount), between, run);
}
const isSum = (row: SumRow | DistinctRow): row is SumRow => 'measures' in row;
const isCount = (row: SumRow | DistinctRow): row is DistinctRow => 'count' in row;

/** Of the answers this transaction sees all rows of, the one with the moment next to the asked one. */
function nearest(all: readonly Kept[], { block, asOf }: Stand): Kept | undefined {
  const usable = all.filter(({ stand }) => stand.block <= block);
  const away = ({ stand }: Kept): number => (stand.asOf === asOf ? 0 : Math.abs(stand.asOf - asOf));
  return usable.reduce<Kept | undefined>((best, one) => (best && away(best) <= away(one) ? best : one), undefined);
}

async function fresh(question: CarriedQuestion, run: Run): Promise<CarriedRows> {
  if (question.ask === 'sums') return (await run(sumStatement(question))).map((row: ResultRow) => sumRow(question, row));
  if (question.ask === 'windows') return countedWindows(question, run);
  const statement = question.ask === 'netted' ? nettedStatement(question) : distinctStatement(question);
  return (await run(statement)).map((row: ResultRow) => distinctRow(question, row));
}

const weightOf = (all: readonly Kept[]): number => all.reduce((sum, { rows }) => sum + rows.length, 0);

/** The question but for the moment it ends at. */
function keyOf(question: CarriedQuestion): string {
  const { cut, ...rest } = question;
  const { asOf: _moment, ...known } = cut ?? {};
  return questionKey([rest, known]);
}
