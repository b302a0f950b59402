/** Which group of the list a KPI stands in. Pure. */
export const kpiGroups = ['sales', 'customers', 'leads', 'campaigns', 'sentiment', 'service', 'growth', 'other'] as const;
export type KpiGroup = (typeof kpiGroups)[number];

const members: Readonly<Record<Exclude<KpiGroup, 'growth' | 'other'>, readonly string[]>> = {
  sales: [
    'net_sales',
    'net_sales_cohort',
    'sales_attainment',
    'sales_pace',
    'sales_landing_low',
    'sales_landing_high',
    'core_share',
    'buyer_value',
    'order_value',
    'gross_margin',
    'margin',
  ],
  customers: ['organic_visits', 'new_customers', 'repurchase_rate', 'repeat_order_share'],
  leads: ['leads', 'valid_leads', 'lead_conversion', 'cpl', 'cpl_raw', 'cac', 'cac_media'],
  campaigns: [
    'roi',
    'roi_revenue',
    'roas',
    'break_even_roas',
    'campaign_share',
    'campaign_share_of_target',
    'campaign_share_final',
    'reads',
    'likes',
    'shares',
    'spread_index',
    'spread_conversion',
    'spend',
    'budget_pacing',
    'budget_projection',
    'budget_mix',
  ],
  sentiment: ['net_sentiment', 'net_sentiment_with_neutrals', 'share_of_voice', 'brand_health', 'word_of_mouth'],
  service: ['sla_compliance', 'period_score'],
};

export function groupOf(kpi: string): KpiGroup {
  if (/^growth(_yoy)?\./u.test(kpi)) return 'growth';
  return kpiGroups.find((group) => group !== 'growth' && group !== 'other' && members[group].includes(kpi)) ?? 'other';
}
