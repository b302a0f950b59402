/**
 * Cells: the additive buckets behind the KPIs. A cell is (family, bucket, dims)
 * with a fixed list of integer measures. An entity's additions are a pure
 * function of its state; a change is folded as additions(after) − additions(before).
 */

/** Every family of cells. `bucket` says what the bucket number counts. */
export const cellFamilies = {
  /** Net sales by business day of payment or refund; refunds also on the order's day (cohort view). Minor units. */
  sales: { bucket: 'day', dims: ['channel', 'region', 'campaign', 'category', 'core'], measures: ['paid', 'refunded', 'cohortRefunded'] },
  /** Orders not fully refunded, on the day of payment. */
  orders: { bucket: 'day', dims: ['channel', 'region', 'campaign'], measures: ['live'] },
  /** Net sales by business hour (day × 24 + hour of the business day's wall clock). Minor units. */
  salesHour: { bucket: 'hour', dims: ['channel'], measures: ['paid', 'refunded'] },
  /** First-ever purchases or signings (R6). */
  newCustomers: { bucket: 'day', dims: ['channel', 'region'], measures: ['customers'] },
  /** Mentions that are not deleted, on the day of publication. */
  mentions: { bucket: 'day', dims: ['brand', 'platform'], measures: ['positive', 'neutral', 'negative', 'unscored'] },
  /** The same by business hour and keyword, for keyword heat. */
  keywords: { bucket: 'hour', dims: ['brand', 'keyword'], measures: ['mentions', 'positive', 'negative'] },
  /** Spend by day. Minor units. */
  spend: { bucket: 'day', dims: ['channel', 'campaign', 'kind', 'line'], measures: ['amount'] },
} as const;

export type CellFamily = keyof typeof cellFamilies;

export interface CellAddition {
  readonly family: CellFamily;
  readonly bucket: number;
  /** JSON array of `DimValue` in the family's order: a key that any store can hold as text. */
  readonly dims: string;
  /** In the family's order; may be negative. */
  readonly measures: readonly number[];
}
