/**
 * The targets in force, looked up by what they are for (R22): at most one per KPI,
 * grain, period and dimension. Of several in force the one that took effect last stands.
 */
import { instantMs } from '../../../shared/events/rfc3339.ts';
import type { Target } from '../../../shared/kpi/targets.ts';
import type { Grain } from '../../../shared/kpi/types.ts';
import type { DimValue } from '../dim-value.ts';
import { growthDefault } from './growth-defaults.ts';

/** What a target is set for. An absent dimension and an empty one are the same: the whole. */
export interface TargetPlace {
  readonly kpi: string;
  readonly grain: Grain;
  readonly period: string;
  readonly dimension?: Readonly<Record<string, DimValue | undefined>> | null | undefined;
}

/** Same text = same place: the key by which a target supersedes another. */
export function targetKey(place: TargetPlace): string {
  const dimension = Object.entries(place.dimension ?? {})
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([place.kpi, place.grain, place.period, dimension]);
}

const isWhole = ({ dimension }: TargetPlace): boolean => Object.values(dimension ?? {}).every((value) => value === undefined);

export interface TargetBook {
  value(place: TargetPlace): number | undefined;
  /** Weights by hand of the target of the whole, which spread the targets of its parts too. */
  curve(kpi: string, grain: Grain, period: string): readonly number[] | undefined;
  /** Dimensions that have a target of this KPI and period, the whole (`{}`) included. */
  dimensions(kpi: string, grain: Grain, period: string): readonly Readonly<Record<string, string>>[];
}

/** When a target takes effect, UTC ms; one without an instant has always been in effect. */
export function effectiveMs({ effectiveFrom }: Target): number {
  return effectiveFrom === undefined ? Number.NEGATIVE_INFINITY : instantMs(effectiveFrom);
}

/** Of targets for the same place, in the order they were set: the one in force at `at` (UTC ms). */
export function targetInForce(targets: readonly Target[], at: number): Target | undefined {
  let found: Target | undefined;
  for (const target of targets) {
    const from = effectiveMs(target);
    if (from <= at && (!found || from >= effectiveMs(found))) found = target;
  }
  return found;
}

/** `targets` in the order they were set; those that take effect after `at` (UTC ms) are not in force yet. */
export function targetBook(targets: readonly Target[], at: number): TargetBook {
  const inForce = new Map<string, { from: number; target: Target }>();
  for (const target of targets) {
    const from = effectiveMs(target);
    if (from > at) continue;
    const key = targetKey(target);
    const other = inForce.get(key);
    if (!other || from >= other.from) inForce.set(key, { from, target });
  }
  return {
    value: (place) => inForce.get(targetKey(place))?.target.value ?? (isWhole(place) ? growthDefault(place.kpi, place.grain) : undefined),
    curve: (kpi, grain, period) => inForce.get(targetKey({ kpi, grain, period }))?.target.curve,
    dimensions: (kpi, grain, period) =>
      [...inForce.values()]
        .map((entry) => entry.target)
        .filter((t) => t.kpi === kpi && t.grain === grain && t.period === period)
        .map((t) => t.dimension ?? {}),
  };
}
