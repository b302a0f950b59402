/**
 * K25: of the clocks whose deadline fell in the period, those that were met. A clock counts from its deadline on, so that one
 * still open then is missed; clocks a false alarm lifted are left out and counted beside, while a breach stays one [T7].
 * Clocks of drills and of stories that another one carries on do not count.
 */
import type { KpiDefinition } from './definition.ts';
import { ratio } from './figures.ts';

export const slaCompliance: KpiDefinition = {
  id: 'sla_compliance',
  name: { zh: '响应达标率', en: 'SLA compliance' },
  formula: {
    zh: '截止时间落在期内的时限中按时完成的占比；到期仍未完成计为未达标，误报取消的不计入并单独列出；合并的事件只计一次，演练不计。',
    en: 'Of the clocks whose deadline fell in the period, those met in time; one still open at its deadline is missed, and clocks lifted by a false alarm are left out and counted beside; merged stories count once, drills never.',
  },
  version: 1,
  unit: 'ratio',
  most: 1,
  better: 'up',
  dimensions: [],
  reads: () => ({}),
  clocks: ({ calendar, period }) => ({ from: calendar.startOfDay(period.from), to: calendar.startOfDay(period.to) }),
  compute(cell) {
    const { due, met, excluded } = cell.clocks();
    return { ...ratio(met, due, due), excluded };
  },
};
