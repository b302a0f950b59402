/**
 * From what was read to the values of the answer: one per cell present, the cell
 * without a value (null) included, sorted by value with null last.
 */
import type { KpiDimension, KpiValue } from '../../../shared/kpi/types.ts';
import type { ClockCounts } from './clock-counts.ts';
import type { DimValue } from '../dim-value.ts';
import { isPlannedGrain, salesPlan } from '../targets/sales-plan.ts';
import type { Period } from '../time/period.ts';
import type { Exact } from '../ledger/exact.ts';
import type { CellInput, CellSum, Distinct, Figure, FollowedCount, KpiContext, KpiDefinition, Read } from './definition.ts';
import { measurePlace, sumOfPart } from './part.ts';

/** The slice of the business asked for. */
export interface KpiSelection {
  readonly by: KpiDimension | null;
  readonly where: readonly { readonly dim: KpiDimension; readonly value: DimValue }[];
}

const WHOLE: KpiSelection = { by: null, where: [] };

/** What a read is asked of: the slice of the question, but for reads of the whole business. */
export const sliceOf = (read: Read, slice: KpiSelection): KpiSelection => (read.ask === 'sums' && read.ofWhole ? WHOLE : slice);

/** A row of an answer of the ledger: its dimension values are `by` (if asked), then the read's `also`. */
export interface SumsAnswer {
  readonly bucket?: number | null;
  readonly dims: readonly DimValue[];
  readonly measures: readonly Exact[];
}
export interface DistinctAnswer extends Distinct {
  readonly dims: readonly DimValue[];
}
export interface FollowedAnswer extends FollowedCount {
  readonly dims: readonly DimValue[];
}
export interface ClocksAnswer extends ClockCounts {
  readonly dims: readonly DimValue[];
}
type Answer = SumsAnswer | DistinctAnswer | FollowedAnswer | ClocksAnswer;
/** The name in the results under which clocks stand; no read is called so. */
export const CLOCKS = '';
/** Rows by the definition's names of its reads. */
export type ReadResults = Readonly<Record<string, readonly Answer[]>>;

const nothing: Distinct = { count: 0, onSeveralDays: 0 };
const noClocks: ClockCounts = { due: 0, met: 0, excluded: 0 };
const nobody: FollowedCount = { count: 0, followed: 0, known: 0, settled: 0 };

/** @param more cells of the answer whether or not anything was read for them */
export function evaluate(
  definition: KpiDefinition,
  slice: KpiSelection,
  context: KpiContext,
  results: ReadResults,
  more: readonly DimValue[] = [],
): KpiValue[] {
  const reads = definition.reads(context);
  const tables = Object.entries(reads).map(([name, read]) => [name, table(read, sliceOf(read, slice), results[name] ?? [])] as const);
  const byName = new Map(tables);
  const cells = slice.by === null ? [null] : presentCells(definition, slice, context, reads, byName, more);
  return cells.map((cell) => {
    const dimension = dimensionOf(slice, cell);
    const target = (kpi: string, period: Period, ofWhole = false) =>
      context.targets.value({ kpi, grain: period.grain, period: period.name, dimension: ofWhole ? null : dimension });
    const isRest = cell === null && slice.by !== null && slice.by === definition.restOf;
    const rows = (name: string) => {
      const read = reads[name];
      const isWhole = read !== undefined && sliceOf(read, slice) === WHOLE;
      if (isRest) return [...(byName.get(name)?.values() ?? [])].flatMap(({ sums }) => sums);
      return byName.get(name)?.get(isWhole ? null : cell)?.sums ?? [];
    };
    const distinct = (read: string) => byName.get(read)?.get(cell)?.distinct ?? nothing;
    const followed = (read: string) => byName.get(read)?.get(cell)?.followed ?? nobody;
    const input: CellInput = {
      dimension,
      rows,
      distinct,
      followed,
      clocks: () => clocksIn(results),
      part: (part) => sumOfPart(part, { reads, rows, distinct, followed, target }),
      target,
      plan: (period) => planOf(context, period, dimension),
    };
    const set = target(definition.id, context.period);
    const aim = set ?? (dimension === null ? definition.defaultTargets?.[context.period.grain] : undefined);
    return present(definition, context, dimension, definition.compute(input, context), aim);
  });
}

function clocksIn(results: ReadResults): ClockCounts {
  const [clocks] = results[CLOCKS] ?? [];
  return clocks && 'due' in clocks ? clocks : noClocks;
}

function planOf({ targets, calendar }: KpiContext, period: Period, dimension: KpiValue['dimension']): number | undefined {
  if (isPlannedGrain(period.grain)) return salesPlan(targets, calendar, period.grain, period.from, dimension ?? {})?.value;
  return targets.value({ kpi: 'net_sales', grain: period.grain, period: period.name, dimension });
}

interface CellRows {
  readonly sums: CellSum[];
  distinct: Distinct | undefined;
  followed: FollowedCount | undefined;
}
type Table = Map<DimValue, CellRows>;

/** Rows of one read by cell. */
function table(read: Read, slice: KpiSelection, rows: readonly Answer[]): Table {
  const cells: Table = new Map();
  const skip = slice.by === null ? 0 : 1;
  const isNothing = nothingOf(read);
  for (const row of rows) {
    if ('due' in row) continue;
    const key = skip === 0 ? null : (row.dims[0] ?? null);
    const cell = cells.get(key) ?? { sums: [], distinct: undefined, followed: undefined };
    if ('measures' in row) {
      const also = row.dims.slice(skip);
      if (isNothing(row.measures) || !wanted(read, also)) continue;
      cell.sums.push({ bucket: row.bucket ?? null, also, measures: row.measures });
    } else {
      if (row.count === 0) continue;
      if ('followed' in row) cell.followed = row;
      else cell.distinct = row;
    }
    cells.set(key, cell);
  }
  return cells;
}

/** Whether a row holds nothing of what the read is about: rows kept for several reads hold more measures than each needs. */
function nothingOf(read: Read): (measures: readonly Exact[]) => boolean {
  if (read.ask !== 'sums' || read.measures === undefined) return (measures) => measures.every((m) => m === 0);
  const places = read.measures.map((measure) => measurePlace({ family: read.family, measure }));
  return (measures) => places.every((place) => (measures[place] ?? 0) === 0);
}

function wanted(read: Read, also: readonly DimValue[]): boolean {
  if (read.ask !== 'sums' || !read.only) return true;
  const names: readonly string[] = read.also ?? [];
  return read.only.values.has(also[names.indexOf(read.only.dim)] ?? null);
}

function presentCells(
  definition: KpiDefinition,
  slice: KpiSelection,
  context: KpiContext,
  reads: Readonly<Record<string, Read>>,
  tables: ReadonlyMap<string, Table>,
  more: readonly DimValue[],
): DimValue[] {
  const found = new Set<DimValue>(slice.by === definition.restOf ? [...more, null] : more);
  for (const [name, read] of Object.entries(reads)) {
    if (read.aside) continue;
    for (const key of tables.get(name)?.keys() ?? []) found.add(key);
  }
  const { grain, name } = context.period;
  for (const dimension of definition.cellsOfTargets ? context.targets.dimensions(definition.cellsOfTargets, grain, name) : []) {
    const value = dimension[slice.by as string];
    if (value !== undefined && sameDimension(dimension, dimensionOf(slice, value))) found.add(value);
  }
  return [...found].sort((a, b) => (a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1));
}

/** null = the whole. */
function dimensionOf(slice: KpiSelection, cell: DimValue): KpiValue['dimension'] {
  const dimension: Partial<Record<KpiDimension, DimValue>> = {};
  for (const { dim, value } of slice.where) dimension[dim] = value;
  if (slice.by !== null) dimension[slice.by] = cell;
  return Object.keys(dimension).length === 0 ? null : dimension;
}

function sameDimension(a: Readonly<Record<string, string>>, b: KpiValue['dimension']): boolean {
  const other = (b ?? {}) as Readonly<Record<string, DimValue>>;
  const names = Object.keys(a);
  return names.length === Object.keys(other).length && names.every((name) => a[name] === other[name]);
}

/** A KPI that depends on readings has one version more with every version of these. */
function ruleVersion({ version, readings = [] }: KpiDefinition, { readingsBook, period }: KpiContext): number {
  return readings.length === 0 ? version : version + readingsBook.on(period.from).version;
}

function present(
  definition: KpiDefinition,
  context: KpiContext,
  dimension: KpiValue['dimension'],
  figure: Figure,
  target: number | undefined,
): KpiValue {
  const { calendar, period } = context;
  return {
    kpi: definition.id,
    period: { grain: period.grain, start: calendar.formatDay(period.from), end: calendar.formatDay(period.to) },
    dimension,
    value: figure.value,
    unit: definition.unit,
    numerator: figure.numerator,
    denominator: figure.denominator,
    state: context.state,
    sample: figure.sample,
    ruleVersion: ruleVersion(definition, context),
    ...(target === undefined ? {} : { target }),
    ...(figure.reason === undefined ? {} : { reason: figure.reason }),
    ...(figure.maturity === undefined ? {} : { maturity: figure.maturity }),
    ...(figure.coverage === undefined ? {} : { coverage: figure.coverage }),
    ...(figure.excluded === undefined ? {} : { excluded: figure.excluded }),
    ...(figure.components === undefined ? {} : { components: figure.components }),
    ...(figure.curve === undefined ? {} : { curve: figure.curve }),
    ...(figure.nodesFrom === undefined ? {} : { nodesFrom: figure.nodesFrom }),
  };
}
