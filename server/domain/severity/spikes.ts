/**
 * Spikes: negative mentions of a brand far above what is usual at this hour of the week. A look judges the hour before it,
 * every ten minutes. What is usual are the hours that ended at the same time of the weeks before, and the hours on either
 * side of them: their median, and their MAD on the scale of roots, on which counts spread alike whatever their size. Where
 * the usual hour holds few mentions a root says little, and the tail of Poisson's law decides.
 */
import type { SpikePolicy } from '../../../shared/incidents/spike-policy.ts';

export const LOOK_MS = 600_000;
const LOOKS_AN_HOUR = 6;
const LOOKS_A_WEEK = 1_008;
/** Hours beside the same hour of a week before, in looks. */
const BESIDE = [-LOOKS_AN_HOUR, 0, LOOKS_AN_HOUR] as const;
/** Fewer hours say nothing of what is usual: two weeks. */
const HOURS_LEAST = 6;
/** From so many mentions in the usual hour on, roots tell. */
const MANY = 10;
/** The MAD of pure chance for counts, on the scale of roots. */
const CHANCE_MAD = 0.5 * 0.6745;
/** A spike is over when none of this many looks in a row was over: the last hour holds nothing of it. */
const QUIET_LOOKS = 6;

/** Mentions of a brand found in ten minutes. */
export interface TenMinutes {
  readonly negative: number;
  readonly total: number;
}
/** Ten-minute counts by ordinal since the epoch; undefined before the first one that is known. */
export type CountsAt = (ordinal: number) => TenMinutes | undefined;

export interface Look {
  /** The hour that ends here, as an ordinal of ten minutes: the look is at `ordinal` × 10 min. */
  readonly ordinal: number;
  readonly negative: number;
  readonly total: number;
  /** Of the usual hour; null while too few are known. */
  readonly usual: number | null;
  readonly over: boolean;
}

export interface Spike {
  /** UTC ms. */
  readonly startedAt: number;
  /** UTC ms; null while it lasts. */
  readonly endedAt: number | null;
  /** Of the fullest hour. */
  readonly negative: number;
  readonly total: number;
  readonly usual: number;
  /** The look that decided, UTC ms: when people are told. */
  readonly foundAt: number;
}

/** A spike of one brand, as the list of own brands writes it. */
export interface BrandSpike extends Spike {
  readonly brand: string;
}

function hourBefore(at: CountsAt, ordinal: number): TenMinutes | undefined {
  let [negative, total] = [0, 0];
  for (let back = 1; back <= LOOKS_AN_HOUR; back += 1) {
    const counts = at(ordinal - back);
    if (counts === undefined) return undefined;
    negative += counts.negative;
    total += counts.total;
  }
  return { negative, total };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Anscombe's root. */
const rooted = (count: number): number => Math.sqrt(count + 0.375);

/** The chance of `count` or more of what happens `mean` times on average. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  // Terms from `count` on, which fall: beyond the mean no digit is lost to 1 − (almost 1).
  let term = Math.exp(-mean + count * Math.log(mean) - logFactorial(count));
  let sum = 0;
  for (let k = count; term > sum * 1e-12 || k <= mean; k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i += 1) sum += Math.log(i);
  return sum;
}

/** Whether so many in an hour are more than chance makes of these usual hours. */
function isUnusual(negative: number, hours: readonly number[], { deviations, chance }: SpikePolicy): boolean {
  const middle = median(hours);
  if (middle >= MANY) {
    const roots = hours.map(rooted);
    const root = median(roots);
    const mad = Math.max(CHANCE_MAD, median(roots.map((one) => Math.abs(one - root))));
    return rooted(negative) - root >= deviations * mad;
  }
  // The mean of few hours is uncertain by about its root: the tail is that of the highest mean these hours allow.
  const sum = hours.reduce((all, one) => all + one, 0);
  const mean = (sum + Math.sqrt(sum + 1) + 1) / hours.length;
  return negative > Math.max(...hours) && poissonTail(negative, mean) <= chance;
}

export function lookAt(at: CountsAt, ordinal: number, policy: SpikePolicy): Look | undefined {
  const now = hourBefore(at, ordinal);
  if (now === undefined) return undefined;
  const hours: number[] = [];
  for (let week = 1; week <= policy.weeks; week += 1) {
    for (const beside of BESIDE) {
      const hour = hourBefore(at, ordinal - week * LOOKS_A_WEEK + beside);
      if (hour !== undefined) hours.push(hour.negative);
    }
  }
  const usual = hours.length < HOURS_LEAST ? null : median(hours);
  const enough = now.negative >= policy.minimum && now.negative >= now.total * policy.negativeShare;
  return { ordinal, ...now, usual, over: usual !== null && enough && isUnusual(now.negative, hours, policy) };
}

/** Spikes that begin among the looks after `from` up to `to` (ordinals); one that is still on has no end. */
export function findSpikes(at: CountsAt, from: number, to: number, policy: SpikePolicy): readonly Spike[] {
  if (!policy.enabled) return [];
  const spikes: Spike[] = [];
  let run: Look[] = [];
  let current: { spike: Spike; lastOver: number } | null = null;
  for (let ordinal = from + 1; ordinal <= to; ordinal += 1) {
    const look = lookAt(at, ordinal, policy);
    if (look?.over) {
      run.push(look);
      const first = run[0] ?? look;
      if (current !== null) {
        const spike: Spike = current.spike;
        const fuller = look.negative > spike.negative ? { negative: look.negative, total: look.total, usual: look.usual ?? 0 } : {};
        current = { spike: { ...spike, ...fuller }, lastOver: ordinal };
      } else if (run.length >= policy.looks) {
        const fullest = run.reduce((most, one) => (one.negative > most.negative ? one : most));
        const spike: Spike = {
          startedAt: first.ordinal * LOOK_MS,
          endedAt: null,
          negative: fullest.negative,
          total: fullest.total,
          usual: fullest.usual ?? 0,
          foundAt: ordinal * LOOK_MS,
        };
        current = { spike, lastOver: ordinal };
      }
    } else {
      run = [];
      if (current !== null && ordinal - current.lastOver >= QUIET_LOOKS) {
        spikes.push({ ...current.spike, endedAt: ordinal * LOOK_MS });
        current = null;
      }
    }
  }
  return current === null ? spikes : [...spikes, current.spike];
}

/** Looks that are judged again each time: counts of hours that are over still change while sources catch up. */
export const LOOKS_BACK = 36;
/** Counts around the same time of `week` weeks ago (0: up to now) that looks up to `ordinal` need, as ordinals [from, to). */
export function countsNeeded(ordinal: number, week: number): { readonly from: number; readonly to: number } {
  const at = ordinal - week * LOOKS_A_WEEK;
  const beside = week === 0 ? 0 : LOOKS_AN_HOUR;
  return { from: at - LOOKS_BACK - LOOKS_AN_HOUR - beside, to: at + beside };
}

/** What becomes of the newest stored spike of a brand by the spikes found now; undefined where nothing changes. */
export function nextSpike(stored: BrandSpike | undefined, found: readonly Spike[], brand: string, at: number): BrandSpike | undefined {
  const current = found.findLast((spike) => spike.endedAt === null);
  if (current === undefined) return stored?.endedAt === null ? { ...stored, endedAt: at } : undefined;
  // The window may begin within a spike, and a late mention may bring one back: both are the spike that is known.
  const same = stored !== undefined && (stored.endedAt === null || current.startedAt <= stored.endedAt + LOOKS_AN_HOUR * LOOK_MS);
  if (!same) return { brand, ...current };
  const { negative, total, usual } = current.negative > stored.negative ? current : stored;
  const next = { ...stored, endedAt: null, negative, total, usual };
  return JSON.stringify(next) === JSON.stringify(stored) ? undefined : next;
}
