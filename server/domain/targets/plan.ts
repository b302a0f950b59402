/**
 * Where a running period stands against its target, on an even plan curve:
 * plan to now = target × elapsed share. K2 and R24 of the KPI dictionary.
 * Money in minor units, not rounded: the plan is a continuous line.
 */

/** Fewer like past periods than this say too little to learn from (R24). */
export const ENOUGH_PAST = 4;
/** The range given instead: pace × (1 ± this). */
const FEW_SPREAD = 0.1;

/** Actual ÷ planned to date; null before the period starts and without a plan. */
export function pace(net: number, target: number, elapsed: number): number | null {
  const planned = target * elapsed;
  return planned === 0 ? null : net / planned;
}

export interface LandingRange {
  readonly low: number;
  readonly high: number;
  readonly basis: 'learnt' | 'few_samples';
}

/**
 * Net to date + remaining plan × a range of ratios (R24): P10 to P90 of `pastRatios`, the
 * ratio actual ÷ plan over the same remaining part of like past periods; with fewer than
 * four of them the present pace ± 10 %. null when neither exists. A period that is over landed where it is.
 */
export function landing(net: number, target: number, elapsed: number, pastRatios: readonly number[]): LandingRange | null {
  const remaining = target * (1 - elapsed);
  if (elapsed >= 1) return { low: net, high: net, basis: 'learnt' };
  if (pastRatios.length >= ENOUGH_PAST) {
    return range(net + remaining * percentile(pastRatios, 0.1), net + remaining * percentile(pastRatios, 0.9), 'learnt');
  }
  const now = pace(net, target, elapsed);
  if (now === null) return null;
  return range(net + remaining * now * (1 - FEW_SPREAD), net + remaining * now * (1 + FEW_SPREAD), 'few_samples');
}

const range = (a: number, b: number, basis: LandingRange['basis']): LandingRange => ({ low: Math.min(a, b), high: Math.max(a, b), basis });

/** Linear interpolation between the closest ranks (Hyndman and Fan's type 7); `values` not empty. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = p * (sorted.length - 1);
  const below = Math.floor(rank);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (rank - below);
}
