/** What the demo's team has set itself: targets of the running day, month, quarter and year, and whose brands to listen for. */
import type { Target } from '../../../shared/kpi/targets.ts';
import type { Grain } from '../../../shared/kpi/types.ts';
import { periodOf, type Period } from '../time/period.ts';
import { channels, DAY_PLAN } from './catalogue.ts';
import { weekdayFactor } from './rhythm.ts';
import { COMPETITORS, OWN_BRAND, type DemoWorld } from './world.ts';

const totalWeight = channels.reduce((sum, c) => sum + c.weight, 0);
const VALID_LEADS_A_DAY = 120;
/** About as many as buy for the first time on an ordinary day. */
const FIRST_ORDERS_A_DAY = 575;
/** Of what is sold; campaigns and overheads come to a little more on an ordinary day. */
const BUDGET_SHARE = 0.1;
const grains: readonly Grain[] = ['day', 'month', 'quarter', 'year'];
export const demoBrands = { own: [OWN_BRAND], tracked: [...COMPETITORS] };

/** Net sales targets of the periods that hold `at`, in all and by channel. */
export function demoTargets(world: DemoWorld, at: number): Target[] {
  const day = world.calendar.dayOf(at);
  const budgets = (['month', 'year'] as const).map((grain) => {
    const period = periodOf(grain, day);
    const value = Math.round(DAY_PLAN * BUDGET_SHARE * (period.to - period.from));
    return { kpi: 'budget', grain, period: period.name, value, owner: '周屿', reason: '演示预算' };
  });
  const days = dayGoals(day, world.calendar.formatDay(day));
  return grains
    .flatMap((grain): Target[] => {
      const period = periodOf(grain, day);
      const days = period.to - period.from;
      const value = Math.round(DAY_PLAN * (grain === 'day' ? weekdayFactor(day) : days));
      const base = { kpi: 'net_sales', grain, period: period.name, owner: '周屿', reason: '演示目标' };
      const byChannel = channels.map((c) => ({
        ...base,
        dimension: { channel: c.name },
        value: Math.round((value * c.weight) / totalWeight),
      }));
      return [{ ...base, value }, ...byChannel];
    })
    .concat(budgets, days, monthGoals(periodOf('month', day)));
}

/** What the funnel of a month is held against: a little more leads, and far better ones, than there are. */
function monthGoals({ name, from, to }: Period): Target[] {
  const goal = (kpi: string, value: number): Target => ({ kpi, grain: 'month', period: name, value, owner: '周屿', reason: '演示目标' });
  const days = to - from;
  return [
    goal('valid_leads', VALID_LEADS_A_DAY * days),
    goal('new_customers', FIRST_ORDERS_A_DAY * days),
    goal('lead_conversion', 0.13),
    goal('repurchase_rate', 0.18),
  ];
}

/** What a day is for besides sales: leads that count, and people who buy for the first time. */
function dayGoals(day: number, period: string): Target[] {
  const goal = (kpi: string, value: number): Target => ({
    ...{ kpi, grain: 'day', period, value: Math.round(value * weekdayFactor(day)), owner: '周屿', reason: '演示目标' },
  });
  return [goal('valid_leads', VALID_LEADS_A_DAY), goal('new_customers', FIRST_ORDERS_A_DAY)];
}
