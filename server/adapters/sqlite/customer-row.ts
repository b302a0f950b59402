/** A customer's ledger rows as a row of `customer_rows`. One row that holds from its own instant on stands in the columns. */
import type { DimValue } from '../../domain/dim-value.ts';
import type { TimedRow } from '../../domain/ledger/row.ts';

/** [at, channel, region, campaign, rows]; the first four are null where `rows` is not. */
export type CustomerColumns = readonly [number | null, DimValue, DimValue, DimValue, string | null];
/** [since, at, channel, region, campaign, sign] */
type Packed = readonly [number, number, DimValue, DimValue, DimValue, number];

export function customerColumns(rows: readonly TimedRow[]): CustomerColumns {
  const [only, ...more] = rows;
  if (only && more.length === 0 && only.since === only.at && only.measures[0] === 1) return [only.at, ...where(only), null];
  return [null, null, null, null, JSON.stringify(rows.map((row): Packed => [row.since, row.at, ...where(row), row.measures[0] ?? 0]))];
}

const where = ({ dims: [channel = null, region = null, campaign = null] }: TimedRow) => [channel, region, campaign] as const;

export function rowsOfCustomer(customerId: string, [at, channel, region, campaign, rows]: CustomerColumns): readonly TimedRow[] {
  if (rows === null) return at === null ? [] : [customerRow(customerId, [at, at, channel, region, campaign, 1])];
  return (JSON.parse(rows) as Packed[]).map((row) => customerRow(customerId, row));
}

function customerRow(entity: string, [since, at, channel, region, campaign, sign]: Packed): TimedRow {
  return { kind: 'customer', entity, at, since, dims: [channel, region, campaign], measures: [sign] };
}
