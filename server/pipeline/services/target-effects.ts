/** What a change of targets does to the figures held against them, and whether a value can be meant at all. */
import { instantMs } from '../../../shared/events/rfc3339.ts';
import type { Target } from '../../../shared/kpi/targets.ts';
import { kpiDimensions, type KpiValue } from '../../../shared/kpi/types.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import { kpiDefinition } from '../../domain/kpis/registry.ts';
import { salesAttainment, salesPace } from '../../domain/kpis/sales-attainment.ts';
import { targetBook, targetKey } from '../../domain/targets/book.ts';
import { parsePeriod, periodOf, previousPeriod, type Period } from '../../domain/time/period.ts';
import { askKpis, type AskedKpi, type LedgerAsk } from '../figures/ask-kpis.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import type { TargetChange, TargetEffect } from './setting-services.ts';

export interface EffectParts extends ContextParts {
  readonly ledger: LedgerAsk;
}

/** Changes of one document whose effect is worked out; of more the first ones. */
const EFFECTS_MOST = 50;
/** Periods before now that a value is compared with, and how far off it may be. */
const PERIODS = 3;
const FAR_OFF = 1_000;
/** Different things of one document that are compared with what they came to; the others with standing targets only. */
const COMPARED_MOST = 200;

const sliceOf = ({ dimension }: Pick<Target, 'dimension'>): KpiSelection => ({
  by: null,
  where: kpiDimensions.flatMap((dim) => {
    const value = dimension?.[dim];
    return value === undefined ? [] : [{ dim, value }];
  }),
});

/** The changes with the value of their period and its attainment and pace before and after. */
export async function withEffects(
  parts: EffectParts,
  changes: readonly TargetChange[],
  standing: readonly Target[],
): Promise<readonly TargetChange[]> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
  const now = parts.clock.now();
  const looked = changes.slice(0, EFFECTS_MOST).map((change) => {
    const { target } = change;
    const definition = kpiDefinition(target.kpi);
    const period = parsePeriod(target.grain, target.period);
    if (!definition || !period || contexts.asOf < parts.calendar.startOfDay(period.from)) return null;
    const slice = sliceOf(target);
    const context = contexts.of(
      period,
      slice.where.map(({ dim }) => dim),
    );
    // A change that takes effect later is shown as it will be then.
    const then = Math.max(now, target.effectiveFrom === undefined ? now : instantMs(target.effectiveFrom));
    const before = { ...context, targets: targetBook(standing, now) };
    const after = { ...context, targets: targetBook([...standing, target], then) };
    const held = target.kpi === 'net_sales' ? [salesAttainment, salesPace] : [];
    return [definition, ...held].flatMap((asked): AskedKpi[] => [
      { definition: asked, slice, context: before },
      { definition: asked, slice, context: after },
    ]);
  });
  const answers = [
    ...(await askKpis(
      parts.ledger,
      looked.flatMap((asked) => asked ?? []),
      contexts.cut,
    )),
  ];
  return changes.map((change, i) => {
    const asked = looked[i];
    if (!asked) return change;
    const values = answers.splice(0, asked.length).map(([whole]) => whole);
    return { ...change, effect: effectOf(values) };
  });
}

function effectOf([before, after, attainedBefore, attainedAfter, paceBefore, paceAfter]: readonly (KpiValue | undefined)[]): TargetEffect {
  const share = (value: KpiValue | undefined): number | null =>
    value === undefined || value.value === null || value.target === undefined || value.target === 0 ? null : value.value / value.target;
  return {
    value: after?.value ?? null,
    attainment: attainedBefore
      ? { before: attainedBefore.value, after: attainedAfter?.value ?? null }
      : { before: share(before), after: share(after) },
    pace: paceBefore ? { before: paceBefore.value, after: paceAfter?.value ?? null } : null,
  };
}

/** What a value was compared with. */
export interface Improbable {
  readonly index: number;
  /** In words, such as `net_sales of 2026-10`. */
  readonly comparedWith: string;
  readonly value: number;
}

/** The first of the targets more than a thousand times off what the thing came to lately, else off its other targets. */
export async function improbableTarget(
  parts: EffectParts,
  targets: readonly Target[],
  standing: readonly Target[],
): Promise<Improbable | undefined> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
  const today = parts.calendar.dayOf(parts.clock.now());
  const keyOf = ({ kpi, grain, dimension }: Target): string => targetKey({ kpi, grain, period: '', dimension });
  const kinds = [...new Map(targets.map((target) => [keyOf(target), target])).values()].slice(0, COMPARED_MOST);
  const asked = kinds.flatMap((target) => {
    const definition = kpiDefinition(target.kpi);
    const slice = sliceOf(target);
    const dimensions = slice.where.map(({ dim }) => dim);
    return definition
      ? lastPeriods(periodOf(target.grain, today)).map((period) => ({ target, period, definition, slice, dimensions }))
      : [];
  });
  const answers = await askKpis(
    parts.ledger,
    asked.map(({ definition, slice, period, dimensions }) => ({ definition, slice, context: contexts.of(period, dimensions) })),
    contexts.cut,
  );
  const known = new Map<string, { comparedWith: string; value: number }[]>();
  const note = (key: string, comparedWith: string, value: number | null | undefined): void => {
    if (typeof value === 'number' && value !== 0) known.set(key, [...(known.get(key) ?? []), { comparedWith, value: Math.abs(value) }]);
  };
  asked.forEach(({ target, period }, i) => note(keyOf(target), `${target.kpi} of ${period.name}`, answers[i]?.[0]?.value));
  for (const other of standing) {
    if (!known.has(keyOf(other)) || known.get(keyOf(other))?.[0]?.comparedWith.startsWith('the target')) {
      note(keyOf(other), `the target of ${other.kpi} for ${other.period}`, other.value);
    }
  }
  for (const [index, target] of targets.entries()) {
    const value = Math.abs(target.value);
    const past = known.get(keyOf(target)) ?? [];
    const off = (other: { value: number }) => value > other.value * FAR_OFF || value < other.value / FAR_OFF;
    if (value !== 0 && past.length > 0 && past.every(off) && past[0]) return { index, ...past[0] };
  }
  return undefined;
}

function lastPeriods(running: Period): readonly Period[] {
  const found: Period[] = [];
  for (let period = running; found.length < PERIODS;) found.push((period = previousPeriod(period)));
  return found;
}
