/** The tables: one for each family. A column's name is its dimension's or measure's behind a prefix, so that none meets a word of SQL. */
import { families, familyNames, LEDGER_RULES, type FamilyName } from '../../../domain/ledger/registry.ts';
import { causes } from '../../../domain/ledger/row.ts';

/** Rises when this file or the meaning of a column changes. */
const TABLES = 1;

export interface FamilyNames {
  readonly dims: readonly string[];
  readonly measures: readonly string[];
}

export function namesOf(family: FamilyName): FamilyNames {
  return families[family];
}

export const tableOf = (family: FamilyName): string => `"rows_${family}"`;
export const dimColumn = (dim: string): string => `"d_${dim}"`;
export const measureColumn = (measure: string): string => `"m_${measure}"`;

/** In the order in which rows are written. */
export function columnsOf(family: FamilyName): readonly (readonly [column: string, type: 'varchar' | 'bigint' | 'integer' | 'utinyint'])[] {
  const { dims, measures } = namesOf(family);
  return [
    ['kind', 'varchar'],
    ['entity', 'varchar'],
    ['at', 'bigint'],
    ['day', 'integer'],
    ['hour', 'integer'],
    ...dims.map((dim) => [dimColumn(dim), 'varchar'] as const),
    ...measures.map((measure) => [measureColumn(measure), 'bigint'] as const),
    ['since', 'bigint'],
    ['received', 'bigint'],
    ['cause', 'utinyint'],
    ['block', 'bigint'],
    ['ordinal', 'bigint'],
  ];
}

export const quoted = (column: string): string => (column.startsWith('"') ? column : `"${column}"`);

export function createTables(): string {
  const tables = familyNames.map(
    (family) =>
      `create table ${tableOf(family)} (${columnsOf(family)
        .map(([column, type]) => `${quoted(column)} ${type}`)
        .join(', ')})`,
  );
  return [...tables, 'create table meta (name varchar not null, value varchar not null)'].join('; ');
}

/** A ledger of another format, as another version of the program or another zone makes it, is written anew. */
export function formatOf(timeZone: string): string {
  return JSON.stringify([
    TABLES,
    LEDGER_RULES,
    timeZone,
    causes,
    familyNames.map((name) => [name, families[name].dims, families[name].measures]),
  ]);
}
