/** As a share of the plan: a range that lies about the plan and reaches further to a side leaves open where the day lands. */
const NEAR = 0.25;

/** Where the landing of a day lies against its plan [SE2]; null where its range is too wide to say. `target` is above 0. */
export function landingAgainst(
  { low, high }: { readonly low: number; readonly high: number },
  target: number,
): 'above' | 'near' | 'below' | null {
  if (low >= target) return 'above';
  if (high < target) return 'below';
  return low >= target * (1 - NEAR) && high <= target * (1 + NEAR) ? 'near' : null;
}
