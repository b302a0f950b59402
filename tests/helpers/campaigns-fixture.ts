/** Answers of /api/campaigns for pages without a server behind them: one campaign that earns, one that loses, one never planned. */
import { campaignDetail, campaignFigures, campaignPage, type CampaignRow } from '../../shared/kpi/campaigns.ts';

const figures = Object.fromEntries(campaignFigures.map((name) => [name, 0]));
const none = { maturity: null, coverage: null, reasons: {}, roi_low: null };
const noShares = { campaign_share: null, campaign_share_of_target: null, campaign_share_final: null };
const phases = {
  warmup: { from: '2026-11-01', to: '2026-11-12' },
  burst: { from: '2026-11-13', to: '2026-12-04' },
  review: { from: '2026-12-05', to: '2026-12-07' },
};

function row(campaignId: string, more: Partial<CampaignRow>): CampaignRow {
  return {
    ...(figures as Pick<CampaignRow, (typeof campaignFigures)[number]>),
    ...none,
    ...noShares,
    ...{ campaignId, name: null, shortName: null, owner: null, kind: null, channels: [], phases: null, phase: null, phaseDay: null },
    ...{ phaseDays: null, elapsed: null, budget: null, pacing: null, targetRoi: null, targetReads: null, spreadRatio: null, orders: 0 },
    ...{ gaps: [], flag: null, decision: null },
    ...more,
  };
}

const planned = {
  phases,
  phase: 'burst',
  phaseDay: 11,
  phaseDays: 22,
  elapsed: 0.5,
  kind: 'theme',
  owner: '周屿',
  channels: ['抖音'],
} as const;
export const campaignRows: readonly CampaignRow[] = [
  row('C-1', {
    ...planned,
    channels: ['天猫'],
    ...{ name: '双11 全域大促', spend: 313_600_000, budget: 320_000_000, pacing: 0.98, net_sales: 1_862_000_000, margin: 763_400_000 },
    ...{ roi_low: 1.312, campaign_share: 0.306, campaign_share_of_target: 0.3 },
    reasons: { campaign_share_final: 'not_over' },
    ...{ roi: 1.434, roas: 7.11, break_even_roas: 2.44, maturity: 0.82, coverage: 1, orders: 400, spreadRatio: 1.18 },
  }),
  row('C-2', {
    ...planned,
    channels: ['抖音'],
    ...{ name: '冬日第一杯', spend: 27_000_000, budget: 45_000_000, pacing: 1.2, net_sales: 45_600_000, margin: 18_700_000, roi: -0.308 },
    ...{
      roas: 1.9,
      break_even_roas: 2.44,
      maturity: 0.58,
      coverage: 0.9,
      orders: 60,
      flag: { lost: 8_300_000, step: 'channel', at: '抖音达人' },
    },
    gaps: ['no_cost'],
  }),
  row('C-3', { spend: 700_000, roi: null, reasons: { roi: 'no_denominator' }, gaps: ['no_plan', 'no_sales'] }),
];

const sum = {
  ...row('', {}),
  spend: 341_300_000,
  margin: 782_100_000,
  net_sales: 1_907_600_000,
  roi: 1.04,
  roas: 6.45,
  break_even_roas: 2.44,
  campaign_share: 0.412,
  campaign_share_of_target: 0.38,
  reasons: { campaign_share_final: 'not_over' as const },
};
const at = { asOf: '2026-11-23T06:36:10.000Z', timeZone: 'Asia/Shanghai', basis: 'cash' } as const;

export function answerCampaigns(path: string): { status: number; body: unknown } | undefined {
  if (path === '/api/campaigns') {
    const page = {
      ...at,
      period: null,
      rows: campaignRows,
      unattributed: row('', {}),
      total: sum,
      listed: sum,
      owners: ['周屿'],
      kinds: ['theme'],
    };
    const more = { quarter: '2026-Q4', attribution: { rule: 'order_then_lead', version: 1, sales: 0.71, spend: 0.97 }, groups: [] };
    return {
      status: 200,
      body: campaignPage.parse({ ...page, ...more, flagged: { count: 1, lost: 8_300_000 }, totalRows: 3, next: null }),
    };
  }
  const found = campaignRows.find(({ campaignId }) => path === `/api/campaigns/${campaignId}`);
  if (!found) return undefined;
  const days = Array.from({ length: 10 }, (_, i) => ({
    day: `2026-11-${i + 13}`,
    ...{ spend: 2_000_000 + i * 100_000, net_sales: 3_000_000, margin: 1_200_000 - i * 150_000, mature: i < 4 },
  }));
  const channels = [{ ...sum, channel: '抖音达人', lost: 5_800_000 }];
  return { status: 200, body: campaignDetail.parse({ ...at, row: found, channels, days, refundDays: 7, decisions: [] }) };
}
