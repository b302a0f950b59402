/** Rows and questions the cases are written with: what a case does not name is the same everywhere. */
import type { DimValue } from '../../../server/domain/dim-value.ts';
import type { LedgerRow } from '../../../server/domain/ledger/row.ts';
import { DAY_MS } from '../../../server/domain/time/calendar.ts';
import type { ChangesQuestion, DistinctQuestion, RowsQuestion, SumQuestion } from '../../../server/pipeline/ports/ledger.ts';

/** Noon of a day in UTC. */
export function noon(day: number): number {
  return day * DAY_MS + DAY_MS / 2;
}

export interface SalesSample {
  readonly entity?: string;
  readonly kind?: LedgerRow['kind'];
  /** Day in UTC; the row is at noon unless `at` says otherwise. */
  readonly day?: number;
  readonly at?: number;
  readonly since?: number;
  readonly received?: number;
  readonly cause?: LedgerRow['cause'];
  readonly channel?: DimValue;
  readonly region?: DimValue;
  readonly category?: DimValue;
  readonly buyer?: DimValue;
  readonly paid?: number;
  readonly refunded?: number;
  readonly orders?: number;
}

export function salesRow(sample: SalesSample = {}): LedgerRow {
  const { channel = 'tmall', region = 'east', category = 'shoes', buyer = 'B', paid = 0, refunded = 0, orders = 0 } = sample;
  const at = sample.at ?? noon(sample.day ?? 0);
  return {
    family: 'sales',
    kind: sample.kind ?? 'order',
    entity: sample.entity ?? 'o1',
    at,
    since: sample.since ?? at,
    received: sample.received ?? at,
    cause: sample.cause ?? 'new',
    dims: [channel, region, null, category, 'true', buyer, buyer],
    measures: [paid, refunded, 0, orders, orders, orders, orders, 0, 0, 0],
  };
}

export function spendRow(channel: DimValue, amount: number, day = 0): LedgerRow {
  const at = noon(day);
  return {
    family: 'spend',
    kind: 'spend',
    entity: 's1',
    at,
    since: at,
    received: at,
    cause: 'new',
    dims: [channel, null, 'ads', 'online'],
    measures: [amount, 1],
  };
}

const wholeDays = { family: 'sales', unit: 'day', from: -1_000, to: 1_000, where: [] } as const;

export function sumsOf(question: Partial<SumQuestion> = {}): SumQuestion {
  return { ask: 'sums', ...wholeDays, by: [], ...question };
}
export function distinctOf(question: Partial<DistinctQuestion> = {}): DistinctQuestion {
  return { ask: 'distinct', ...wholeDays, by: [], of: 'buyer', measure: 'holds', severalDays: true, ...question };
}
export function rowsOf(question: Partial<RowsQuestion> = {}): RowsQuestion {
  return { ...wholeDays, limit: 100, ...question };
}
export function changesOf(question: Partial<ChangesQuestion> = {}): ChangesQuestion {
  return { ...wholeDays, by: [], after: -Infinity, until: Infinity, ...question };
}

/** Groups come in any order: sorted so that two lists of them can be compared. */
export function sorted<Row extends { readonly dims: readonly DimValue[]; readonly bucket?: number | null; readonly cause?: string }>(
  rows: readonly Row[],
): Row[] {
  const key = (row: Row): string => JSON.stringify([row.bucket ?? null, row.dims, row.cause ?? null]);
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
