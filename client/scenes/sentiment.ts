/** 舆情: the nearest deadline, large; who is called next; net sentiment, keywords, and where the story spreads. */
import { calls } from '../panels/calls/panel.ts';
import { heat } from '../panels/heat/panel.ts';
import { nearest } from '../panels/nearest/panel.ts';
import { pulse } from '../panels/pulse/panel.ts';
import { spread } from '../panels/spread/panel.ts';
import { defineScene } from './scene.tsx';

export const sentiment = defineScene('sentiment', {
  panels: { nearest, calls, pulse, heat, spread },
  wide: {
    columns: ['lane', 'lane', 'lane'],
    rows: [446, 'rest'],
    areas: [
      ['nearest', 'nearest', 'calls'],
      ['pulse', 'heat', 'spread'],
    ],
  },
  two: {
    columns: ['lane', 'lane'],
    rows: [446, 446, 330],
    areas: [
      ['nearest', 'nearest'],
      ['calls', 'pulse'],
      ['heat', 'spread'],
    ],
  },
  one: {
    columns: ['lane'],
    rows: ['auto', 446, 330, 330, 330],
    areas: [['nearest'], ['calls'], ['pulse'], ['heat'], ['spread']],
  },
});
