/** Words of the pages of numbers, English. */
import type { Filled } from '../filled.ts';
import type { numbersZhCN } from './numbers-zh-cn.ts';

export const numbersEn: Filled<typeof numbersZhCN> = {
  title: 'Numbers',
  kpi: 'KPI',
  value: 'Value',
  target: 'Target',
  state: 'State',
  period: 'Period',
  empty: 'There are no KPIs',
};
