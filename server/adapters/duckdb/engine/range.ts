/** Conditions of a question in SQL. Numbers stand in the text, so that whole blocks of other days are skipped; texts are bound. */
import type { DimValue } from '../../../domain/dim-value.ts';
import { causes } from '../../../domain/ledger/row.ts';
import { STEP_MS } from '../../../domain/time/step.ts';
import type { AsOf, LedgerRange, OneOf } from '../../../pipeline/ports/ledger.ts';
import { dimColumn } from './schema.ts';

export interface Statement {
  readonly sql: string;
  /** Values of $1, $2, … */
  readonly values: readonly string[];
}

/** The texts of one statement; each is bound once. */
export interface Texts {
  readonly values: string[];
  add(text: string): string;
}

export function createTexts(): Texts {
  const values: string[] = [];
  return {
    values,
    add(text) {
      const at = values.indexOf(text);
      return `$${at >= 0 ? at + 1 : values.push(text)}`;
    },
  };
}

/** The same text for the same question, in whatever order it was written down. JSON has no infinite numbers. */
export function questionKey(question: object): string {
  return JSON.stringify(question, (_, value: unknown) => {
    if (typeof value === 'number') return String(value);
    return isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
  });
}
const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A column or a query under a name of its own. */
export const named = (sql: string, name: string): string => [sql, name].join(' as ');

/** The bucket of a row as SQL. */
export function bucketSql(unit: LedgerRange['unit']): string {
  return unit === 'step' ? `cast(floor("at" / ${STEP_MS}) as bigint)` : unit;
}

/** A step is asked by its instants: so whole blocks of other times are skipped. */
function withinSql(unit: LedgerRange['unit'], from: number, to: number): readonly string[] {
  return unit === 'step'
    ? [`"at" >= ${whole(from * STEP_MS)}`, `"at" < ${whole(to * STEP_MS)}`]
    : [`${unit} >= ${whole(from)}`, `${unit} < ${whole(to)}`];
}

/** Conditions joined by `and`. */
export function rangeSql(range: LedgerRange, texts: Texts): string {
  const { unit, from, to, where, only = [], cut } = range;
  const within = withinSql(unit, Math.ceil(from), Math.ceil(to));
  return [...within, ...cutSql(cut), ...whereSql(where, texts), ...only.map((one) => oneOf(one, texts))].join(' and ');
}

export function cutSql(cut: AsOf | undefined): readonly string[] {
  return [
    ...(cut?.asOf === undefined ? [] : [`since <= ${whole(Math.floor(cut.asOf))}`]),
    ...(cut?.knownAt === undefined ? [] : [knownSql(cut.knownAt, cut.besides)]),
  ];
}

export function whereSql(where: LedgerRange['where'], texts: Texts): readonly string[] {
  return where.map(({ dim, value }) => `${dimColumn(dim)} ${equals(value, texts)}`);
}

function knownSql(knownAt: number, besides: AsOf['besides']): string {
  const known = `received <= ${whole(Math.floor(knownAt))}`;
  if (!besides || besides.causes.length === 0) return known;
  const codes = besides.causes.map((cause) => causes.indexOf(cause)).join(', ');
  return `(${known} or (received <= ${whole(Math.floor(besides.until))} and cause in (${codes})))`;
}

function oneOf({ dim, values }: OneOf, texts: Texts): string {
  const column = dimColumn(dim);
  const listed = values.filter((value) => value !== null).map((value) => texts.add(value));
  const found = listed.length === 0 ? 'false' : `${column} in (${listed.join(', ')})`;
  return values.includes(null) ? `(${column} is null or ${found})` : `coalesce(${found}, false)`;
}

function equals(value: DimValue, texts: Texts): string {
  return value === null ? 'is null' : `= ${texts.add(value)}`;
}

/** A number as SQL writes it; beyond what times and days can be it makes no difference how far. */
export function whole(value: number): string {
  if (Number.isNaN(value)) throw new Error('a bound of a question is no number');
  return String(Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)));
}
