/** 竞品: the most important move of today, a lane for each competitor, price moves in both directions, share of voice. */
import { leadMove } from '../panels/lead-move/panel.ts';
import { prices } from '../panels/prices/panel.ts';
import { rivals } from '../panels/rivals/panel.ts';
import { voice } from '../panels/voice/panel.ts';
import { defineScene } from './scene.tsx';

export const competitors = defineScene('competitors', {
  panels: { leadMove, rivals, prices, voice },
  wide: {
    columns: ['lane', 'lane', 'lane'],
    rows: [338, 'rest'],
    areas: [
      ['leadMove', 'leadMove', 'voice'],
      ['rivals', 'rivals', 'prices'],
    ],
  },
  two: {
    columns: ['half', 'half', 'lane'],
    rows: [300, 540, 500],
    areas: [
      ['leadMove', 'leadMove', 'leadMove'],
      ['rivals', 'rivals', 'rivals'],
      ['prices', 'prices', 'voice'],
    ],
  },
  one: {
    columns: ['lane'],
    rows: ['auto', 360, 'auto', 'auto'],
    areas: [['leadMove'], ['voice'], ['rivals'], ['prices']],
  },
});
