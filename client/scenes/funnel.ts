/** 客户: 获客 → 转化 → 留存, the weak link, cohorts of leads, and what customers and leads cost by channel. */
import { cohorts } from '../panels/cohorts/panel.ts';
import { costs } from '../panels/costs/panel.ts';
import { gap } from '../panels/gap/panel.ts';
import { stages } from '../panels/stages/panel.ts';
import { defineScene } from './scene.tsx';

export const funnel = defineScene('funnel', {
  panels: { stages, gap, cohorts, costs },
  wide: {
    columns: ['lane', 'lane', 'lane'],
    rows: [272, 'rest'],
    areas: [
      ['stages', 'stages', 'stages'],
      ['gap', 'cohorts', 'costs'],
    ],
  },
  two: {
    columns: ['lane', 'lane'],
    rows: ['auto', 490, 520],
    areas: [
      ['stages', 'stages'],
      ['gap', 'cohorts'],
      ['costs', 'costs'],
    ],
  },
  one: {
    columns: ['lane'],
    rows: ['auto', 490, 500, 'auto'],
    areas: [['stages'], ['gap'], ['cohorts'], ['costs']],
  },
});
