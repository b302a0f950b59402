/**
 * 获客 → 转化 → 留存 as 晨会 shows them: the figures and the shortfall in customers are those of 客户; the weak link is the
 * stage that is short of the most customers, not the one with the lowest percentage [SU7].
 */
import type { GapGroup } from '../../../../shared/wire/views/funnel.ts';
import type { StageRow, WeakLinkGroup } from '../../../../shared/wire/views/standup.ts';
import { createFunnelGroups } from './funnel-groups.ts';
import type { ViewParts } from './view-parts.ts';

/** Fewer leads or customers than this say nothing about a rate. */
const LEAST_SAMPLE = 20;
/** Fewer missing customers are no weak link. */
const LEAST_SHORT = 1;

type Stage = GapGroup['parts'][number]['stage'];

export function createWeakLinkGroup(parts: ViewParts): () => Promise<WeakLinkGroup> {
  const funnel = createFunnelGroups(parts);
  return async () => {
    const [{ month, leads, allLeads, conversion, repurchase }, gap] = await Promise.all([funnel.stages(), funnel.gap()]);
    const shortOf = (stage: Stage): number | null => gap?.parts.find((part) => part.stage === stage && part.held)?.missing ?? null;
    const rows: StageRow[] = [
      {
        ...{ stage: 'acquire', kpi: 'valid_leads', period: month, unit: 'count', value: leads.value, target: leads.planToNow },
        ...{ attainment: against(leads.value, leads.planToNow), sample: allLeads, maturity: null, short: shortOf('leads') },
      },
      rate(
        { stage: 'convert', kpi: 'lead_conversion', period: conversion?.month ?? month, value: conversion?.rate ?? null },
        { target: conversion?.target ?? null, sample: conversion?.leads ?? 0, maturity: conversion?.maturity ?? null },
        shortOf('conversion'),
      ),
      rate(
        { stage: 'retain', kpi: 'repurchase_rate', period: month, value: repurchase.rate },
        { target: repurchase.target, sample: repurchase.customers, maturity: null },
        shortOf('retention'),
      ),
    ];
    const [weak] = rows
      .filter(({ short, attainment }) => short !== null && short >= LEAST_SHORT && attainment !== null && attainment < 1)
      .toSorted((a, b) => (b.short ?? 0) - (a.short ?? 0));
    return { stages: rows, weak: weak?.stage ?? null };
  };
}

const against = (value: number | null, target: number | null): number | null =>
  value === null || target === null || target <= 0 ? null : value / target;

function rate(
  of: Pick<StageRow, 'stage' | 'kpi' | 'period' | 'value'>,
  held: Pick<StageRow, 'target' | 'sample' | 'maturity'>,
  short: number | null,
): StageRow {
  const enough = held.sample * (held.maturity ?? 1) >= LEAST_SAMPLE;
  return { ...of, ...held, unit: 'ratio', attainment: enough ? against(of.value, held.target) : null, short: enough ? short : null };
}
