/** Makes targets of the rows of a file: every cell at fault is named by line and column, and the other rows are kept. Pure. */
import type { Target } from '../../shared/kpi/targets.ts';
import { kpiDimensions, type KpiDimension, type KpiValue } from '../../shared/kpi/types.ts';
import { shapeOf } from '../format/kpi.ts';
import { grainOf, periodDays } from '../format/period.ts';
import { en } from '../i18n/en.ts';
import { parseScale } from '../i18n/parse-scale.ts';
import { zhCN } from '../i18n/zh-cn.ts';

export type FileCell = string | number | boolean | Date | null;
/** `formula`: a cell of a spreadsheet that holds a formula; what it shows is not read. */
export interface FileTable {
  readonly rows: readonly (readonly FileCell[])[];
  /** `line:column`, both from 1. */
  readonly formulas: ReadonlySet<string>;
}

export const fields = ['kpi', 'period', 'value', 'owner', 'reason', 'since', ...kpiDimensions] as const;
export type Field = (typeof fields)[number];
const needed: readonly Field[] = ['kpi', 'period', 'value', 'owner', 'reason'];

export type FaultCode =
  | 'noHeader'
  | 'unknownKpi'
  | 'badPeriod'
  | 'formula'
  | 'badNumber'
  | 'negative'
  | 'tooPrecise'
  | 'missing'
  | 'repeated'
  | 'badDimension'
  | 'badTime'
  | 'server';

export interface Fault {
  readonly line: number;
  readonly column: Field | null;
  readonly code: FaultCode;
  readonly text?: string;
  /** With `repeated`: the line that has the same target. */
  readonly other?: number;
}
export interface ReadRow {
  readonly line: number;
  readonly target: Target;
}
export interface ReadTargets {
  readonly rows: readonly ReadRow[];
  readonly faults: readonly Fault[];
}

export interface KnownKpi {
  readonly id: string;
  readonly unit: KpiValue['unit'];
  readonly dimensions: readonly KpiDimension[];
}
export interface ReadContext {
  /** What a heading means, in any of the languages; headings are compared without case and spaces. */
  readonly heading: (text: string) => Field | undefined;
  /** A KPI by its id or its name. */
  readonly kpi: (text: string) => KnownKpi | undefined;
  readonly minor: (units: number) => number;
}

const words = (cell: FileCell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString() : String(cell).normalize('NFKC').trim();
};

/** The words of large numbers in both languages, such as k and m, and %. */
const scales = new Map<string, number>([
  ['', 1],
  ['%', 0.01],
  ...[zhCN, en].flatMap(({ number }) => parseScale(number.scale).map(({ at, word }): [string, number] => [word.toLowerCase(), at])),
]);

/** A number as people write it: 1,234.5 · 780万 · 12.5% · ¥3,000. Anything cleverer, such as 1e9, is refused. */
export function readNumber(text: string): number | undefined {
  const match = /^[\u00a5$€£]?(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?\s*(%|\p{L})?$/u.exec(text);
  if (!match) return undefined;
  const value = Number(`${(match[1] ?? '').replaceAll(',', '')}${match[2] ?? ''}`);
  const scaled = value * (scales.get((match[3] ?? '').toLowerCase()) ?? Number.NaN);
  return Number.isFinite(scaled) ? Number(scaled.toPrecision(15)) : undefined;
}

/** The value of a target as the server keeps it: money in minor units, a percentage as its ratio. */
export function targetValue(kpi: KnownKpi, text: string, minor: ReadContext['minor']): number | FaultCode {
  const read = readNumber(text);
  if (read === undefined) return 'badNumber';
  if (read <= 0) return 'negative';
  const shape = shapeOf(kpi.id, kpi.unit);
  if (shape === 'money') {
    const amount = Number(minor(read).toPrecision(15));
    if (!Number.isSafeInteger(Math.round(amount))) return 'badNumber';
    return kpi.unit === 'minor' && !Number.isInteger(amount) ? 'tooPrecise' : amount;
  }
  if (shape === 'count') return Number.isSafeInteger(read) ? read : 'badNumber';
  // A share is written as 35% or as 0.35; a bare number above 1 is a percentage whose sign was left out.
  if (shape === 'percent' && !text.includes('%') && read > 1) return Number((read * 0.01).toPrecision(15));
  return read;
}

const keyOf = ({ kpi, grain, period, dimension }: Target): string =>
  JSON.stringify([kpi, grain, period, kpiDimensions.map((dim) => dimension?.[dim] ?? null)]);

export function readTargets({ rows, formulas }: FileTable, { heading, kpi: knownKpi, minor }: ReadContext): ReadTargets {
  const columns = new Map<Field, number>();
  (rows[0] ?? []).forEach((cell, index) => {
    const field = heading(words(cell));
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
  });
  const lacking = needed.filter((field) => !columns.has(field));
  if (lacking.length > 0) return { rows: [], faults: lacking.map((column) => ({ line: 1, column, code: 'noHeader' })) };

  const read: ReadRow[] = [];
  const faults: Fault[] = [];
  const lineOf = new Map<string, number>();
  rows.slice(1).forEach((row, index) => {
    const line = index + 2;
    if (row.every((cell) => words(cell) === '')) return;
    const own: Fault[] = [];
    const fault = (column: Field, code: FaultCode, text?: string): void => {
      own.push({ line, column, code, ...(text === undefined ? {} : { text }) });
    };
    const text = (field: Field): string => {
      const at = columns.get(field);
      if (at === undefined) return '';
      const shown = words(row[at]);
      if (formulas.has(`${String(line)}:${String(at + 1)}`) || /^[=@]/u.test(shown)) {
        fault(field, 'formula');
        return '';
      }
      return shown;
    };
    const [id, period, value, owner, reason, since] = [
      text('kpi'),
      text('period'),
      text('value'),
      text('owner'),
      text('reason'),
      text('since'),
    ];
    for (const [field, shown] of [
      ['kpi', id],
      ['period', period],
      ['value', value],
      ['owner', owner],
      ['reason', reason],
    ] as const)
      if (shown === '' && !own.some(({ column }) => column === field)) fault(field, 'missing');
    const kpi = id === '' ? undefined : knownKpi(id);
    if (id !== '' && !kpi) fault('kpi', 'unknownKpi', id);
    const grain = grainOf(period);
    if (period !== '' && (grain === undefined || !periodDays(period))) fault('period', 'badPeriod', period);
    const amount = kpi && value !== '' ? targetValue(kpi, value, minor) : undefined;
    if (typeof amount === 'string') fault('value', amount, value);
    if (since !== '' && Number.isNaN(Date.parse(since))) fault('since', 'badTime', since);
    const dimension: Partial<Record<KpiDimension, string>> = {};
    for (const dim of kpiDimensions) {
      const shown = text(dim);
      if (shown === '') continue;
      if (kpi && !kpi.dimensions.includes(dim)) fault(dim, 'badDimension');
      dimension[dim] = shown;
    }
    if (own.length > 0 || !kpi || grain === undefined || typeof amount !== 'number') {
      faults.push(...own);
      return;
    }
    const target: Target = {
      kpi: kpi.id,
      grain,
      period,
      ...(Object.keys(dimension).length === 0 ? {} : { dimension }),
      value: amount,
      owner,
      reason,
      ...(since === '' ? {} : { effectiveFrom: new Date(since).toISOString() }),
    };
    const before = lineOf.get(keyOf(target));
    if (before !== undefined) {
      faults.push({ line, column: null, code: 'repeated', other: before });
      return;
    }
    lineOf.set(keyOf(target), line);
    read.push({ line, target });
  });
  return { rows: read, faults };
}

const TIMES_OFF = 1_000;

/** Targets that are 1,000 times more or less than every other target of their KPI, length of period and dimension. */
export function unusual(incoming: readonly Target[], standing: readonly Target[]): readonly Target[] {
  const kind = ({ kpi, grain, dimension }: Target): string =>
    JSON.stringify([kpi, grain, kpiDimensions.map((dim) => dimension?.[dim] ?? null)]);
  return incoming.filter((target) => {
    const others = standing.filter((one) => kind(one) === kind(target) && one.value > 0).map(({ value }) => value);
    return others.length > 0 && others.every((value) => target.value >= value * TIMES_OFF || target.value * TIMES_OFF <= value);
  });
}
