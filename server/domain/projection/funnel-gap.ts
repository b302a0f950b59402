/**
 * The weak link of the funnel (S25): how many customers are missing to now, what each stage adds to that, and the stage
 * below its target that costs most. Contributions add up to the gap whatever is missing of the targets.
 *
 * New customers = valid leads × their conversion + those who came without a lead. The gap of the first part is split between
 * leads and conversion by mean weights, as a ratio's change is split into rate and mix (R27). Retention is a share of the
 * customers of a year, so that its gap counts for the part of a year that the month has run.
 */
import type { FunnelStage, GapGroup } from '../../../shared/wire/views/funnel.ts';

export interface FunnelFigures {
  /** Valid leads of the month to now, and as planned to now; null = no target. */
  readonly leads: { readonly actual: number; readonly planned: number | null };
  /** Share of a settled cohort that signed; null = no such cohort. */
  readonly conversion: { readonly actual: number | null; readonly planned: number | null };
  /** New customers of the month to now. */
  readonly customers: { readonly actual: number; readonly planned: number | null };
  /** Share of `customers` that came back; null = nobody bought. `yearShare`: days of the month so far ÷ 365. */
  readonly retention: {
    readonly actual: number | null;
    readonly planned: number | null;
    readonly customers: number;
    readonly yearShare: number;
  };
}

/** Fewer missing customers are no weak link. */
const LEAST_MISSING = 1;

/** null where no stage has a target. */
export function funnelGap({ leads, conversion, customers, retention }: FunnelFigures): GapGroup | null {
  const leadsHeld = leads.planned !== null;
  const conversionHeld = conversion.actual !== null && conversion.planned !== null;
  const directHeld = customers.planned !== null;
  const retentionHeld = retention.actual !== null && retention.planned !== null;
  if (!leadsHeld && !conversionHeld && !directHeld && !retentionHeld) return null;

  const [gotLeads, wantedLeads] = [leads.actual, leads.planned ?? leads.actual];
  // Without one of the two, the stage is taken to be as planned.
  const gotRate = conversion.actual ?? conversion.planned ?? 0;
  const wantedRate = conversionHeld ? (conversion.planned ?? gotRate) : gotRate;
  const direct = customers.actual - gotLeads * gotRate;
  const wantedDirect = customers.planned === null ? direct : customers.planned - wantedLeads * wantedRate;
  const back = retention.customers * retention.yearShare;

  const parts: readonly { stage: FunnelStage; missing: number; held: boolean }[] = [
    { stage: 'leads', missing: ((wantedLeads - gotLeads) * (gotRate + wantedRate)) / 2, held: leadsHeld },
    { stage: 'conversion', missing: ((wantedRate - gotRate) * (gotLeads + wantedLeads)) / 2, held: conversionHeld },
    { stage: 'direct', missing: wantedDirect - direct, held: directHeld },
    { stage: 'retention', missing: retentionHeld ? ((retention.planned ?? 0) - (retention.actual ?? 0)) * back : 0, held: retentionHeld },
  ];
  const missing = parts.reduce((sum, part) => sum + part.missing, 0);
  const [worst] = parts.filter((part) => part.held && part.missing >= LEAST_MISSING).toSorted((a, b) => b.missing - a.missing);
  return { missing, parts, weakest: worst?.stage ?? null };
}
