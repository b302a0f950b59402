/** Every KPI the oracle can recount, in an order in which each comes behind those it rests on. */
import { brandHealth } from './brand-health.ts';
import { breakEvenRoas } from './break-even-roas.ts';
import { budgetMix } from './budget-mix.ts';
import { budgetPacing } from './budget-pacing.ts';
import { budgetProjection } from './budget-projection.ts';
import { buyerValue } from './buyer-value.ts';
import { cacMedia } from './cac-media.ts';
import { cac } from './cac.ts';
import { campaignShareFinal } from './campaign-share-final.ts';
import { campaignShareOfTarget } from './campaign-share-of-target.ts';
import { campaignShare } from './campaign-share.ts';
import { coreShare } from './core-share.ts';
import { cplRaw } from './cpl-raw.ts';
import { cpl } from './cpl.ts';
import { growthOf } from './growth.ts';
import type { OracleKpi } from './kpi.ts';
import { leadConversion } from './lead-conversion.ts';
import { leads } from './leads.ts';
import { likes } from './likes.ts';
import { netSalesCohort } from './net-sales-cohort.ts';
import { netSales } from './net-sales.ts';
import { netSentimentWithNeutrals } from './net-sentiment-with-neutrals.ts';
import { netSentiment } from './net-sentiment.ts';
import { newCustomers } from './new-customers.ts';
import { orderValue } from './order-value.ts';
import { organicVisits } from './organic-visits.ts';
import { ownMentions } from './own-mentions.ts';
import { reads } from './reads.ts';
import { repeatOrderShare } from './repeat-order-share.ts';
import { repurchaseRate } from './repurchase-rate.ts';
import { roas } from './roas.ts';
import { roiRevenue } from './roi-revenue.ts';
import { roi } from './roi.ts';
import { salesAttainment } from './sales-attainment.ts';
import { shareOfVoice } from './share-of-voice.ts';
import { shares } from './shares.ts';
import { slaCompliance } from './sla-compliance.ts';
import { spreadConversion } from './spread-conversion.ts';
import { spreadIndex } from './spread-index.ts';
import { validLeads } from './valid-leads.ts';
import { wordOfMouth } from './word-of-mouth.ts';

const kpis: readonly OracleKpi[] = [
  netSales,
  netSalesCohort,
  salesAttainment,
  coreShare,
  buyerValue,
  orderValue,
  organicVisits,
  validLeads,
  leads,
  leadConversion,
  newCustomers,
  repurchaseRate,
  repeatOrderShare,
  cac,
  cacMedia,
  cpl,
  cplRaw,
  roi,
  roiRevenue,
  roas,
  breakEvenRoas,
  campaignShare,
  campaignShareOfTarget,
  campaignShareFinal,
  netSentiment,
  netSentimentWithNeutrals,
  shareOfVoice,
  reads,
  likes,
  shares,
  spreadIndex,
  spreadConversion,
  wordOfMouth,
  budgetPacing,
  budgetProjection,
  budgetMix,
  slaCompliance,
  ownMentions,
];

export const oracleKpis: readonly OracleKpi[] = [
  ...kpis,
  ...kpis.flatMap((kpi) => [growthOf(kpi, 'previous'), growthOf(kpi, 'year')]),
  brandHealth,
];

/** Learnt from history rather than summed from the facts of the period: held by tests of their own. */
export const notRecounted: ReadonlySet<string> = new Set(['sales_pace', 'sales_landing_low', 'sales_landing_high']);
