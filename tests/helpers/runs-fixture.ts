/** The 活动 scene on the fixtures' day, as on the drawing board, and states that strain it. */
import type { CampaignsState, RunRow } from '../../shared/wire/views/campaigns.ts';
import { usualDay } from './overview-fixture.ts';
import { alarmStrip } from './strip-fixture.ts';

const wan = (amount: number): number => Math.round(amount * 1_000_000);
const DAY_MS = 86_400_000;
const axisFrom = '2026-10-20';
const day = (date: string): number => (Date.parse(date) - Date.parse(axisFrom)) / DAY_MS;
/** First days of warm-up, burst and review, and the day after the last. */
const phases = (warmup: string, burst: string, review: string, end: string): Pick<RunRow, 'warmup' | 'burst' | 'review' | 'startsOn'> => ({
  startsOn: warmup,
  warmup: { from: day(warmup), to: day(burst) },
  burst: { from: day(burst), to: day(review) },
  review: { from: day(review), to: day(end) },
});

type Own = Pick<RunRow, 'campaignId' | 'name' | 'owner' | 'spend' | 'budget' | 'elapsed' | 'pacing'> & Partial<RunRow>;
const run = (own: Own, days: ReturnType<typeof phases>): RunRow => ({
  ...{ shortName: own.name, kind: 'theme', phase: 'burst', phaseDay: 6, phaseDays: 10 },
  ...{ roi: null, roiLow: null, maturity: null, roas: null, spread: null, flag: null },
  ...days,
  ...own,
});

const rows: readonly RunRow[] = [
  run(
    {
      ...{ campaignId: 'C-1', name: '冬日第一杯', owner: '何晚', spend: wan(27), budget: wan(45), elapsed: 0.577, pacing: 1.04 },
      ...{ roi: -0.308, roiLow: -0.38, maturity: 0.58, roas: 1.9, spread: 1.41, phaseDay: 11, phaseDays: 22 },
      flag: { lost: wan(8.3), step: 'channel', at: '抖音达人' },
    },
    phases('2026-11-04', '2026-11-12', '2026-12-04', '2026-12-07'),
  ),
  run(
    {
      ...{ campaignId: 'C-2', name: '感恩节 X5 专场', owner: '苏棠', spend: wan(34.2), budget: wan(60), elapsed: 0.475, pacing: 1.2 },
      ...{ roi: 0.151, roiLow: -0.09, maturity: 0.24, roas: 3.64, spread: 0.96 },
    },
    phases('2026-11-12', '2026-11-18', '2026-11-28', '2026-12-01'),
  ),
  run(
    {
      ...{ campaignId: 'C-3', name: '双11 全域大促', owner: '苏棠', spend: wan(313.6), budget: wan(320), elapsed: 1, pacing: 0.98 },
      ...{ phase: 'review', phaseDay: 3, phaseDays: 3, roi: 1.434, roiLow: 1.31, maturity: 0.82, roas: 7.11, spread: 1.18 },
    },
    phases('2026-10-20', '2026-10-30', '2026-11-21', '2026-11-24'),
  ),
  run(
    {
      ...{ campaignId: 'C-4', name: '老客以旧换新', owner: '何晚', spend: wan(14.1), budget: wan(20), elapsed: 0.75, pacing: 0.94 },
      ...{ phaseDay: 23, phaseDays: 30, roi: 1.152, roiLow: 1.02, maturity: 0.71, roas: 7.55, spread: 1.03 },
    },
    phases('2026-10-24', '2026-11-01', '2026-12-01', '2026-12-04'),
  ),
  run(
    {
      ...{ campaignId: 'C-5', name: '双12 全民焕新', owner: '陈放', spend: wan(12.6), budget: wan(180), elapsed: 0.072, pacing: 0.97 },
      ...{ phase: 'warmup', phaseDay: 4, phaseDays: 15, spread: 0.88 },
    },
    phases('2026-11-20', '2026-12-05', '2026-12-13', '2026-12-16'),
  ),
  run(
    {
      ...{ campaignId: 'C-6', name: '上海咖啡展', owner: '周屿', spend: wan(15.2), budget: wan(38), elapsed: 0.396, pacing: 1.01 },
      ...{ phase: 'warmup', phaseDay: 8, phaseDays: 11, spread: 0.74 },
    },
    phases('2026-11-16', '2026-11-27', '2026-11-30', '2026-12-03'),
  ),
];

export const campaignsUsual: CampaignsState = {
  runs: {
    rows,
    total: 6,
    totals: { spend: wan(416.7), ahead: wan(27.8), margin: wan(851.8), roi: 1.0442, breakEven: 2.44 },
    axis: { from: axisFrom, days: 58, today: day('2026-11-23') },
  },
  windowShare: {
    ...{ quarter: '2026-Q4', sales: wan(3_936), toDate: wan(5_796), ofToDate: 0.679, target: wan(9_600), ofTarget: 0.41, required: 0.3 },
    before: { quarter: '2026-Q3', share: 0.324 },
  },
  strip: usualDay.strip,
};

const none = { spend: 0, ahead: 0, margin: 0, roi: null, breakEven: null };

export const campaignsEmpty: CampaignsState = {
  runs: { rows: [], total: 0, totals: none, axis: { from: '2026-11-09', days: 29, today: 14 } },
  windowShare: {
    ...{ quarter: '2026-Q4', sales: 0, toDate: 0, ofToDate: null, target: null, ofTarget: null, required: 0.3, before: null },
  },
  strip: usualDay.strip,
};

const [first, second] = rows;

/** One campaign that has not begun, paid for in advance. */
export const campaignsOne: CampaignsState = {
  ...campaignsUsual,
  runs: {
    rows: first
      ? [{ ...first, phase: 'before', phaseDay: null, phaseDays: null, pacing: null, elapsed: 0, roi: null, roiLow: null, roas: null, maturity: null, spread: null, flag: null }] // prettier-ignore
      : [],
    total: 1,
    totals: { ...none, spend: wan(27), ahead: wan(27), roi: -1 },
    axis: campaignsUsual.runs.axis,
  },
  windowShare: campaignsEmpty.windowShare,
};

/** Fifty campaigns, the longest names, returns beyond any scale, spend taken back, six flags of which five are marked. */
export const campaignsCrowded: CampaignsState = {
  runs: {
    rows: rows.map((row, i) => ({
      ...row,
      ...{
        name: '冬日第一杯全域种草与会员日联合大促活动',
        shortName: i % 2 === 0 ? null : '会员日联合大促活动季',
        owner: '欧阳端木·市场部',
      },
      ...{ phase: 'burst', phaseDay: 126, phaseDays: 365, spend: i === 2 ? -wan(8.4) : wan(98_765.4), budget: wan(123_456.7) },
      ...{
        pacing: i === 2 ? -0.04 : 14.2,
        roi: i === 1 ? 234.567 : -0.998,
        roiLow: i === 1 ? 99.2 : -1.84,
        maturity: 0.08,
        roas: i === 1 ? 1_234.5 : 0.04,
      },
      ...{ spread: 38.4, flag: { lost: wan(8_765.4), step: 'channel', at: '抖音达人' } },
      ...(i === 5 && second ? { warmup: { from: -120, to: -60 }, burst: { from: -60, to: 300 }, review: { from: 300, to: 310 } } : {}),
    })),
    total: 50,
    totals: { spend: wan(9_876_543.2), ahead: wan(123_456.7), margin: -wan(1_234_567.8), roi: -1.125, breakEven: 12.44 },
    axis: campaignsUsual.runs.axis,
  },
  windowShare: {
    ...{ quarter: '2026-Q4', sales: -wan(12_345.6), toDate: wan(98_765_432), ofToDate: -0.0001, target: wan(98_765_432.1) },
    ...{ ofTarget: -1.234, required: 0.3, before: { quarter: '2026-Q3', share: 1.324 } },
  },
  strip: alarmStrip,
};
