/**
 * Compares two ledgers by their sums: rows of one entity, cell and instants are added up on either side, so that a change
 * that was made in two steps equals one made at once.
 */
import { narrowed, type Exact } from '../../../domain/ledger/exact.ts';
import { families, familyNames, type FamilyName } from '../../../domain/ledger/registry.ts';
import type { LedgerRow } from '../../../domain/ledger/row.ts';
import { dimColumn, measureColumn, namesOf, quoted, tableOf } from '../engine/schema.ts';
import { bucketOf, bucketOfColumns, type Differing } from './fingerprint.ts';
import { literal, withLedger, type Column, type StagedTable, type Staging, type Value } from './staging.ts';

export type Side = 'stored' | 'recounted';

/** What the sums of one entity, cell and pair of instants are on either side. */
export interface Difference extends Pick<LedgerRow, 'family' | 'entity' | 'at' | 'since' | 'received' | 'dims'> {
  readonly kind: string;
  /** In the order of the family; zeros where the side has no rows. */
  readonly stored: readonly Exact[];
  readonly recounted: readonly Exact[];
}
export interface ComparedFamily {
  readonly family: FamilyName;
  /** Different sums on both sides together. */
  readonly compared: number;
  readonly different: number;
}
export interface Comparison {
  add(side: Side, row: LedgerRow): void;
  /** Adds the rows of a ledger's file, which nobody else has open, as stored ones. */
  addFile(file: string): Promise<void>;
  /** The first differences by time, at most `limit` of each family. */
  result(limit: number): Promise<{ readonly families: readonly ComparedFamily[]; readonly differences: readonly Difference[] }>;
}

const WIDTH = Math.max(...familyNames.map((name) => families[name].measures.length));
const places = Array.from({ length: WIDTH }, (_, i) => i);
const DIMS = Math.max(...familyNames.map((name) => families[name].dims.length));
const dimPlaces = Array.from({ length: DIMS }, (_, i) => i);
const key: readonly Column[] = [
  { name: 'family', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'entity', type: 'text' },
  { name: 'at_ms', type: 'integer' },
  { name: 'since', type: 'integer' },
  { name: 'received', type: 'integer' },
  ...dimPlaces.map((i): Column => ({ name: `d${i}`, type: 'text' })),
];
const keyNames = key.map(({ name }) => name).join(', ');

/** @param only buckets whose rows are compared: rows of others are left out on either side */
export async function openComparison(staging: Staging, only: Differing): Promise<Comparison> {
  const measures = places.map((i): Column => ({ name: `m${i}`, type: 'integer' }));
  const sides: Readonly<Record<Side, StagedTable>> = {
    stored: await staging.table('stored', [...key, ...measures]),
    recounted: await staging.table('recounted', [...key, ...measures]),
  };
  return {
    add(side, row) {
      const { family, kind, entity, at, since, received, dims, measures: sums } = row;
      if (!only.get(family)?.has(bucketOf(row))) return;
      const values: Value[] = [family, kind, entity, at, since, received];
      for (const i of dimPlaces) values.push(dims[i] ?? null);
      for (const i of places) values.push(sums[i] ?? 0);
      sides[side].append(values);
    },
    addFile: (file) =>
      withLedger(staging, file, async (ledger) => {
        for (const [family, buckets] of only) {
          const { dims, measures: own } = namesOf(family);
          const columns = [
            ...[literal(family), 'kind', 'entity', quoted('at'), 'since', 'received'],
            ...dimPlaces.map((i) => (i < dims.length ? dimColumn(dims[i] ?? '') : 'null')),
            ...places.map((i) => (i < own.length ? measureColumn(own[i] ?? '') : '0')),
          ];
          await staging.run(
            `insert into stored select ${columns.join(', ')} from ${ledger}.${tableOf(family)}
             where ${bucketOfColumns(family)} in (${[...buckets].join(', ')})`,
          );
        }
      }),
    async result(limit) {
      staging.flush();
      const named = (side: Side) => places.map((i) => `sum(${side}${i}) as ${side}${i}`).join(', ');
      const filled = (side: Side) => places.map((i) => (side === 'stored' ? `m${i}, 0` : `0, m${i}`)).join(', ');
      const columns = places.map((i) => `stored${i}, recounted${i}`).join(', ');
      await staging.run(
        `create table compared as select ${keyNames}, ${named('stored')}, ${named('recounted')}
         from (select ${keyNames}, ${filled('stored')} from stored union all select ${keyNames}, ${filled('recounted')} from recounted)
              as both_sides(${keyNames}, ${columns})
         group by ${keyNames} having ${places.map((i) => `sum(stored${i}) <> 0 or sum(recounted${i}) <> 0`).join(' or ')}`,
      );
      const differs = places.map((i) => `stored${i} <> recounted${i}`).join(' or ');
      const counts = await staging.query(`select family, count(*), count(*) filter (${differs}) from compared group by family`);
      const rows = await staging.query(
        `select ${keyNames}, ${places.map((i) => `stored${i}`).join(', ')}, ${places.map((i) => `recounted${i}`).join(', ')} from compared
         where ${differs} qualify row_number() over (partition by family order by at_ms, ${keyNames}) <= ${limit}
         order by family, at_ms, ${keyNames}`,
      );
      return { families: familyNames.map((family) => comparedOf(family, counts)), differences: rows.map(differenceOf) };
    },
  };
}

function comparedOf(family: FamilyName, counts: readonly (readonly unknown[])[]): ComparedFamily {
  const [, compared, different] = counts.find(([name]) => name === family) ?? [];
  return { family, compared: Number(compared ?? 0), different: Number(different ?? 0) };
}

function differenceOf(row: readonly unknown[]): Difference {
  const [name, kind, entity, at, since, received, ...rest] = row;
  const family = familyNames.find((known) => known === name);
  if (!family) throw new Error(`no family ${String(name)}`);
  const { dims, measures } = namesOf(family);
  const sums = (from: number): Exact[] => row.slice(from, from + measures.length).map(exactOf);
  return {
    ...{ family, kind: String(kind), entity: String(entity), at: Number(at), since: Number(since), received: Number(received) },
    dims: dims.map((_, i) => textOrNull(rest[i])),
    stored: sums(key.length),
    recounted: sums(key.length + WIDTH),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function exactOf(value: unknown): Exact {
  if (typeof value !== 'bigint') throw new Error(`no sum: ${String(value)}`);
  return narrowed(value);
}
