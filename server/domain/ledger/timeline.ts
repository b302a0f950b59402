/**
 * From the state of an entity at each instant to rows that carry the instant. What happened later has not happened yet
 * (R21), so the rows with `since` up to an instant must sum to the rows of the state at that instant: the first state
 * gives its rows, and every later one the difference to the state before.
 */
import type { DimValue } from '../dim-value.ts';
import type { Fact, FactVersion } from '../facts.ts';
import { factAsOf } from '../fold/as-of.ts';
import type { EntityKind, TimedRow } from './row.ts';

/** A row of one state: `TimedRow` without its instant. */
export interface StateRow {
  readonly kind: EntityKind;
  readonly entity: string;
  readonly at: number;
  readonly dims: readonly DimValue[];
  readonly measures: readonly number[];
}

/**
 * @param instants UTC ms at which something of the entity begins to hold, in any order
 * @param rowsAt rows of the state as it was at an instant
 */
export function timeline(instants: readonly number[], rowsAt: (instant: number) => readonly StateRow[]): TimedRow[] {
  const sorted = [...new Set(instants)].sort((a, b) => a - b);
  const rows: TimedRow[] = [];
  let before: readonly StateRow[] = [];
  for (const since of sorted) {
    const now = rowsAt(since);
    for (const row of difference(before, now)) rows.push({ ...row, since });
    before = now;
  }
  return rows;
}

/** What must be appended so that the rows before sum to the rows after: equal cells of one entity meet, zeros are left out. */
export function difference<R extends StateRow & { readonly since?: number }>(before: readonly R[], after: readonly R[]): readonly R[] {
  if (before.length === 0) return after.every(counts) ? after : after.filter(counts);
  const cells = new Map<string, { row: R; measures: number[] }>();
  const add = (row: R, sign: 1 | -1): void => {
    const key = JSON.stringify([row.kind, row.entity, row.at, row.since ?? 0, row.dims]);
    const cell = cells.get(key);
    if (cell) cell.measures.forEach((m, i) => (cell.measures[i] = m + sign * (row.measures[i] ?? 0)));
    else cells.set(key, { row, measures: row.measures.map((m) => sign * m) });
  };
  for (const row of before) add(row, -1);
  for (const row of after) add(row, 1);
  return [...cells.values()].flatMap(({ row, measures }) => (measures.some((m) => m !== 0) ? [{ ...row, measures }] : []));
}

function counts({ measures }: StateRow): boolean {
  for (const measure of measures) if (measure !== 0) return true;
  return false;
}

/** Rows of a fact that stands for itself: each of its versions speaks from its own time on. */
export function factTimeline(fact: Fact, rowsOf: (fact: Fact) => readonly StateRow[]): readonly TimedRow[] {
  const [only, ...more] = fact.versions;
  if (!only) return [];
  if (more.length === 0) return rowsOf(fact).map((row) => ({ ...row, since: only.occurredAt }));
  const instants = fact.versions.map((version: FactVersion) => version.occurredAt);
  return timeline(instants, (instant) => {
    const then = factAsOf(fact, instant);
    return then ? rowsOf(then) : [];
  });
}
