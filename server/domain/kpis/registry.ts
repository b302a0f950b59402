/** The one list of KPIs. Adding one is a file and a line here; reading, dimensions, targets and the API follow. */
import { budgetMix } from './budget-mix.ts';
import { budgetPacing, budgetProjection } from './budget.ts';
import { brandHealth } from './brand-health.ts';
import { buyerValue } from './buyer-value.ts';
import { cac, cacMedia } from './cac.ts';
import { campaignShare, campaignShareFinal, campaignShareOfTarget } from './campaign-share.ts';
import { coreShare } from './core-share.ts';
import { cpl, cplRaw } from './cpl.ts';
import type { KpiDefinition } from './definition.ts';
import { spreadConversion, wordOfMouth } from './conversions.ts';
import { growthsOf } from './growth.ts';
import { leadConversion } from './lead-conversion.ts';
import { netSales, netSalesCohort } from './net-sales.ts';
import { netSentimentKpi, netSentimentWithNeutrals } from './net-sentiment.ts';
import { newCustomers } from './new-customers.ts';
import { orderValue } from './order-value.ts';
import { organicVisits } from './organic-visits.ts';
import { repeatOrderShare, repurchaseRate } from './repurchase.ts';
import { breakEvenRoas, roas } from './roas.ts';
import { roi, roiRevenue } from './roi.ts';
import { salesAttainment, salesLandingHigh, salesLandingLow, salesPace } from './sales-attainment.ts';
import { shareOfVoice } from './share-of-voice.ts';
import { slaCompliance } from './sla-compliance.ts';
import { likes, reads, shares, spreadIndex } from './spread.ts';
import { leads, validLeads } from './valid-leads.ts';

const ownDefinitions: readonly KpiDefinition[] = [
  netSales,
  netSalesCohort,
  salesAttainment,
  salesPace,
  salesLandingLow,
  salesLandingHigh,
  coreShare,
  buyerValue,
  orderValue,
  organicVisits,
  leads,
  validLeads,
  leadConversion,
  newCustomers,
  repurchaseRate,
  repeatOrderShare,
  reads,
  likes,
  shares,
  spreadIndex,
  cac,
  cacMedia,
  cpl,
  cplRaw,
  roi,
  roiRevenue,
  roas,
  breakEvenRoas,
  brandHealth,
  slaCompliance,
  spreadConversion,
  wordOfMouth,
  campaignShare,
  campaignShareOfTarget,
  campaignShareFinal,
  netSentimentKpi,
  netSentimentWithNeutrals,
  shareOfVoice,
  budgetPacing,
  budgetProjection,
  budgetMix,
];

const growths = new Map(ownDefinitions.flatMap(growthsOf).map((definition) => [definition.id, definition]));

/** Growths the team's plan asks for, with its targets. Every other one answers too when it is asked for by its id. */
const plannedGrowths: readonly (readonly [id: string, targets: NonNullable<KpiDefinition['defaultTargets']>])[] = [
  ['growth.net_sales', {}],
  ['growth.organic_visits', { quarter: 0.15 }],
  ['growth.new_customers', { quarter: 0.2 }],
  ['growth.valid_leads', { month: 0.2 }],
];

const listedGrowths = plannedGrowths.flatMap(([id, defaultTargets]): KpiDefinition[] => {
  const growth = growths.get(id);
  return growth ? [{ ...growth, defaultTargets }] : [];
});

/** KPIs that are listed, and answered where none is named. */
export const kpiDefinitions: readonly KpiDefinition[] = [...ownDefinitions, ...listedGrowths];

const byId = new Map([...growths, ...kpiDefinitions.map((definition) => [definition.id, definition] as const)]);

export function kpiDefinition(id: string): KpiDefinition | undefined {
  return byId.get(id);
}
