/**
 * How far the ROI of a campaign may still fall (R25). Revenue younger than the refund lag is expected to be given back at the
 * rate at which older revenue was; what was given back of it so far is taken off. What is given back lowers the margin in
 * full, as far as its cost is known (R14).
 */
export interface FreshRevenue {
  /** Attributed margin and spend, minor units. */
  readonly margin: number;
  readonly spend: number;
  /** Paid for orders, and given back of these orders: of all days, and of the days past the refund lag. */
  readonly paid: number;
  readonly refunded: number;
  readonly maturePaid: number;
  readonly matureRefunded: number;
  /** Share of the revenue whose cost is known, 0 … 1. */
  readonly coverage: number;
}

/** null where nothing more is to be expected, or nothing is mature that would teach a rate. */
export function lowestRoi({ margin, spend, paid, refunded, maturePaid, matureRefunded, coverage }: FreshRevenue): number | null {
  const fresh = paid - maturePaid;
  if (spend <= 0 || maturePaid <= 0 || fresh <= 0) return null;
  const rate = Math.min(1, matureRefunded / maturePaid);
  const still = rate * fresh - (refunded - matureRefunded);
  return still <= 0 ? null : (margin - still * coverage - spend) / spend;
}
