/** 活动: money in, money back, the return; campaign days as a share of the quarter; one row a campaign on one time axis. */
import { returns } from '../panels/returns/panel.ts';
import { runs } from '../panels/runs/panel.ts';
import { windowShare } from '../panels/window-share/panel.ts';
import { defineScene } from './scene.tsx';

export const campaigns = defineScene('campaigns', {
  panels: { returns, windowShare, runs },
  wide: {
    columns: ['lane', 'lane', 'lane'],
    rows: [200, 'rest'],
    areas: [
      ['returns', 'returns', 'windowShare'],
      ['runs', 'runs', 'runs'],
    ],
  },
  two: {
    columns: ['lane', 'lane'],
    rows: [200, 200, 'auto'],
    areas: [
      ['returns', 'returns'],
      ['windowShare', 'windowShare'],
      ['runs', 'runs'],
    ],
  },
  one: {
    columns: ['lane'],
    rows: [570, 200, 'auto'],
    areas: [['returns'], ['windowShare'], ['runs']],
  },
});
