/**
 * 获客 → 转化 → 留存 as 晨会 shows them: the figures, the shortfall in customers and the weak link are those of 客户, so that
 * two scenes never name two stages [SU7].
 */
import type { GapGroup, StagesGroup } from '../../../../shared/wire/views/funnel.ts';
import type { StageRow, WeakLinkGroup } from '../../../../shared/wire/views/standup.ts';
import { conversionTarget, createFunnelGroups } from './funnel-groups.ts';
import type { ViewParts } from './view-parts.ts';

/** Of fewer leads or customers than this no attainment is said. */
const LEAST_SAMPLE = 20;
type Stage = GapGroup['parts'][number]['stage'];
const shown = { leads: 'acquire', conversion: 'convert', direct: 'direct', retention: 'retain' } as const;

export function createWeakLinkGroup(parts: ViewParts): () => Promise<WeakLinkGroup> {
  const funnel = createFunnelGroups(parts);
  return async () => weakLinkOf(await funnel.stages(), await funnel.gap(), await conversionTarget(parts));
}

/** `runningTarget`: of the conversion in the running month, which counts while no cohort is settled. */
export function weakLinkOf(
  { month, leads, allLeads, conversion, repurchase }: StagesGroup,
  gap: GapGroup | null,
  runningTarget: number | null,
): WeakLinkGroup {
  const shortOf = (stage: Stage): number | null => gap?.parts.find((part) => part.stage === stage && part.held)?.missing ?? null;
  const stages: StageRow[] = [
    {
      ...{ stage: 'acquire', kpi: 'valid_leads', period: month, unit: 'count', value: leads.value, target: leads.planToNow },
      ...{ attainment: against(leads.value, leads.planToNow), sample: allLeads, maturity: null, short: shortOf('leads') },
    },
    rate(
      { stage: 'convert', kpi: 'lead_conversion', period: conversion?.month ?? month, value: conversion?.rate ?? null },
      { target: conversion ? conversion.target : runningTarget, sample: conversion?.leads ?? 0, maturity: conversion?.maturity ?? null },
      shortOf('conversion'),
    ),
    rate(
      { stage: 'retain', kpi: 'repurchase_rate', period: month, value: repurchase.rate },
      { target: repurchase.target, sample: repurchase.customers, maturity: null },
      shortOf('retention'),
    ),
  ];
  const weakest = gap?.weakest ?? null;
  return { stages, weak: weakest === null ? null : { stage: shown[weakest], short: shortOf(weakest) ?? 0 } };
}

const against = (value: number | null, target: number | null): number | null =>
  value === null || target === null || target <= 0 ? null : value / target;

function rate(
  of: Pick<StageRow, 'stage' | 'kpi' | 'period' | 'value'>,
  held: Pick<StageRow, 'target' | 'sample' | 'maturity'>,
  short: number | null,
): StageRow {
  const enough = held.sample * (held.maturity ?? 1) >= LEAST_SAMPLE;
  return { ...of, ...held, unit: 'ratio', attainment: enough ? against(of.value, held.target) : null, short };
}
