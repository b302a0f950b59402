/** The one list of KPIs. Adding one is a file and a line here; reading, dimensions, targets and the API follow. */
import { buyerValue } from './buyer-value.ts';
import { coreShare } from './core-share.ts';
import type { KpiDefinition } from './definition.ts';
import { netSales, netSalesCohort } from './net-sales.ts';
import { netSentimentKpi, netSentimentWithNeutrals } from './net-sentiment.ts';
import { newCustomers } from './new-customers.ts';
import { orderValue } from './order-value.ts';
import { organicVisits } from './organic-visits.ts';
import { repeatOrderShare, repurchaseRate } from './repurchase.ts';
import { salesAttainment, salesLandingHigh, salesLandingLow, salesPace } from './sales-attainment.ts';
import { shareOfVoice } from './share-of-voice.ts';

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
  newCustomers,
  repurchaseRate,
  repeatOrderShare,
  netSentimentKpi,
  netSentimentWithNeutrals,
  shareOfVoice,
];

const byId = new Map(kpiDefinitions.map((definition) => [definition.id, definition]));

export function kpiDefinition(id: string): KpiDefinition | undefined {
  return byId.get(id);
}
