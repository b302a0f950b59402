/** 总览: the three mandatory zones (sales, campaigns, competitors), the pulse of sentiment, and who asks for what. */
import { attainment } from '../panels/attainment/panel.ts';
import { campaigns } from '../panels/campaigns/panel.ts';
import { channels } from '../panels/channels/panel.ts';
import { competitors } from '../panels/competitors/panel.ts';
import { hours } from '../panels/hours/panel.ts';
import { OrFirstSteps } from '../panels/first-steps/first-steps.tsx';
import { sentiment } from '../panels/sentiment/panel.ts';
import { promises } from '../panels/promises/panel.ts';
import { sentence } from '../panels/sentence/panel.ts';
import { today } from '../panels/today/panel.ts';
import { defineScene } from './scene.tsx';

export const overview = defineScene('overview', {
  panels: { sentence, today, hours, attainment, channels, campaigns, competitors, sentiment, promises },
  around: OrFirstSteps,
  wide: {
    columns: ['lane', 'lane', 'half', 'half'],
    rows: ['auto', '326fr', '175fr', '161fr'],
    areas: [
      ['sentence', 'sentence', 'sentence', 'sentence'],
      ['today', 'hours', 'attainment', 'attainment'],
      ['channels', 'campaigns', 'competitors', 'competitors'],
      ['channels', 'campaigns', 'sentiment', 'promises'],
    ],
  },
  two: {
    columns: ['lane', 'half', 'half'],
    rows: ['auto', 386, 386, 208, 200],
    areas: [
      ['sentence', 'sentence', 'sentence'],
      ['today', 'hours', 'hours'],
      ['channels', 'attainment', 'attainment'],
      ['campaigns', 'competitors', 'competitors'],
      ['campaigns', 'sentiment', 'promises'],
    ],
  },
  one: {
    columns: ['half', 'half'],
    rows: ['auto', 386, 386, 386, 386, 400, 208, 200],
    areas: [
      ['sentence', 'sentence'],
      ['today', 'today'],
      ['hours', 'hours'],
      ['attainment', 'attainment'],
      ['channels', 'channels'],
      ['campaigns', 'campaigns'],
      ['competitors', 'competitors'],
      ['sentiment', 'promises'],
    ],
  },
});
