/** The 客户 scene on the fixtures' day, and states that strain it. */
import { funnelGap } from '../../server/domain/projection/funnel-gap.ts';
import type { CohortRow, CostRow, FunnelState } from '../../shared/wire/views/funnel.ts';
import { usualDay } from './overview-fixture.ts';
import { alarmStrip } from './strip-fixture.ts';

const cohort = (month: string, leads: number, signed: number, maturity: number): CohortRow => ({
  ...{ month, leads, signed, rate: leads === 0 ? null : signed / leads, maturity, target: 0.13 },
});
const cost = (channel: string | null, spend: number, customers: number, leads: number, others = 0): CostRow => ({
  ...{ channel, others, spend, customers, leads },
  ...{ cac: customers === 0 ? null : spend / customers, cpl: leads === 0 ? null : spend / leads },
});

const september = cohort('2026-09', 1_704, 208, 1);
export const funnelUsual: FunnelState = {
  stages: {
    ...{ month: '2026-11', visits: 182_400, leads: { value: 1_284, target: 1_800, planToNow: 1_356 }, allLeads: 1_611 },
    conversion: september,
    customers: { value: 412, target: 580, planToNow: 437 },
    repurchase: { rate: 0.236, customers: 18_420, target: 0.24, known: 0.5 },
  },
  gap: funnelGap({
    ...{ leads: { actual: 1_284, planned: 1_356 }, conversion: { actual: september.rate, planned: 0.13 } },
    ...{ customers: { actual: 412, planned: 437 }, retention: { actual: 0.236, planned: 0.24, customers: 18_420, yearShare: 22.6 / 365 } },
  }),
  cohorts: {
    rows: [cohort('2026-08', 1_655, 219, 1), september, cohort('2026-10', 1_820, 198, 0.74), cohort('2026-11', 1_284, 61, 0)],
    days: 30,
  },
  costs: {
    month: '2026-11',
    whole: cost(null, 12_960_000, 412, 1_284),
    rows: [cost('抖音', 5_120_000, 131, 402), cost('天猫', 3_840_000, 152, 455), cost('京东', 2_210_000, 84, 288), cost('线下门店', 1_050_000, 41, 8), cost('官网', 740_000, 0, 131)], // prettier-ignore
  },
  strip: usualDay.strip,
};

const nothing = { value: 0, target: null, planToNow: null };
export const funnelEmpty: FunnelState = {
  stages: {
    ...{ month: '2026-11', visits: null, leads: nothing, allLeads: 0, conversion: null, customers: nothing },
    repurchase: { rate: null, customers: 0, target: null, known: 0 },
  },
  gap: null,
  cohorts: { rows: [], days: 30 },
  costs: { month: '2026-11', whole: cost(null, 0, 0, 0), rows: [] },
  strip: usualDay.strip,
};

/** One lead, one channel, one target. */
export const funnelOne: FunnelState = {
  stages: {
    ...{
      month: '2026-11',
      visits: null,
      leads: { value: 1, target: 3, planToNow: 2.2 },
      allLeads: 1,
      conversion: null,
      customers: nothing,
    },
    repurchase: { rate: 0, customers: 1, target: null, known: 1 / 365 },
  },
  gap: funnelGap({
    ...{ leads: { actual: 1, planned: 2.2 }, conversion: { actual: null, planned: null }, customers: { actual: 0, planned: null } },
    retention: { actual: 0, planned: null, customers: 1, yearShare: 0.06 },
  }),
  cohorts: { rows: [cohort('2026-11', 1, 0, 0)], days: 30 },
  costs: { month: '2026-11', whole: cost(null, 990_000, 0, 1), rows: [cost('抖音', 990_000, 0, 1)] },
  strip: usualDay.strip,
};

const long = '小程序商城会员日专属福利官';
export const funnelCrowded: FunnelState = {
  stages: {
    ...{
      month: '2026-11',
      visits: 98_765_432_100,
      leads: { value: 98_765_432, target: 123_456_789, planToNow: 99_999_999 },
      allLeads: 198_765_432,
    },
    conversion: cohort('2026-09', 98_765_432, 98_765_431, 0.999),
    customers: { value: 98_765_432, target: 223_456_789, planToNow: 187_654_321 },
    repurchase: { rate: 1, customers: 98_765_432, target: 0.9999, known: 0.999 },
  },
  gap: funnelGap({
    ...{ leads: { actual: 98_765_432, planned: 99_999_999 }, conversion: { actual: 1, planned: 0.13 } },
    ...{
      customers: { actual: 98_765_432, planned: 187_654_321 },
      retention: { actual: 1, planned: 0.9999, customers: 98_765_432, yearShare: 0.08 },
    },
  }),
  cohorts: { rows: ['08', '09', '10', '11'].map((month) => cohort(`2026-${month}`, 98_765_432, 98_765_431, 0.5)), days: 3_650 },
  costs: {
    month: '2026-11',
    whole: cost(null, 98_765_432_100_000, 98_765, 12),
    rows: [...Array.from({ length: 6 }, (_, i) => cost(`${long}${i}`, 98_765_432_100_000, i === 5 ? -4 : 10, 98_765_432 * i)), cost(null, -12_345_678_900, 40, 30, 44)], // prettier-ignore
  },
  strip: alarmStrip,
};
