/** The one list of KPIs. Adding one is a file and a line here; reading, dimensions, targets and the API follow. */
import { budgetMix } from './budget-mix.ts';
import { budgetPacing, budgetProjection } from './budget.ts';
import { buyerValue } from './buyer-value.ts';
import { cac, cacMedia } from './cac.ts';
import { coreShare } from './core-share.ts';
import type { KpiDefinition } from './definition.ts';
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
import { likes, reads, shares, spreadIndex } from './spread.ts';
import { leads, validLeads } from './valid-leads.ts';

export const kpiDefinitions: readonly KpiDefinition[] = [
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
  roi,
  roiRevenue,
  roas,
  breakEvenRoas,
  netSentimentKpi,
  netSentimentWithNeutrals,
  shareOfVoice,
  budgetPacing,
  budgetProjection,
  budgetMix,
];

const byId = new Map(kpiDefinitions.map((definition) => [definition.id, definition]));

export function kpiDefinition(id: string): KpiDefinition | undefined {
  return byId.get(id);
}
