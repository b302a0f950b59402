/** Every KPI the oracle can recount, in an order in which each comes behind those it rests on. */
import { buyerValue } from './buyer-value.ts';
import { coreShare } from './core-share.ts';
import type { OracleKpi } from './kpi.ts';
import { leads } from './leads.ts';
import { netSales } from './net-sales.ts';
import { netSalesCohort } from './net-sales-cohort.ts';
import { netSentiment } from './net-sentiment.ts';
import { netSentimentWithNeutrals } from './net-sentiment-with-neutrals.ts';
import { newCustomers } from './new-customers.ts';
import { orderValue } from './order-value.ts';
import { organicVisits } from './organic-visits.ts';
import { repeatOrderShare } from './repeat-order-share.ts';
import { repurchaseRate } from './repurchase-rate.ts';
import { salesAttainment } from './sales-attainment.ts';
import { shareOfVoice } from './share-of-voice.ts';
import { validLeads } from './valid-leads.ts';

export const oracleKpis: readonly OracleKpi[] = [
  netSales,
  netSalesCohort,
  salesAttainment,
  coreShare,
  buyerValue,
  orderValue,
  organicVisits,
  validLeads,
  leads,
  newCustomers,
  repurchaseRate,
  repeatOrderShare,
  netSentiment,
  netSentimentWithNeutrals,
  shareOfVoice,
];

/** Learnt from history rather than summed from the facts of the period: held by tests of their own. */
export const notRecounted: ReadonlySet<string> = new Set(['sales_pace', 'sales_landing_low', 'sales_landing_high']);
