/** Where a running period stands against its plan (K2). Money in minor units, not rounded: the plan is a continuous line. */

/** Actual ÷ planned to date; null before anything is due and without a plan. */
export function pace(net: number, target: number, due: number): number | null {
  const planned = target * due;
  return planned <= 0 ? null : net / planned;
}
