/** 晨会: today's goals, what became of yesterday's promises, the weak link of the funnel, what waits for whom, who owes what. */
import { goals } from '../panels/goals/panel.ts';
import { items } from '../panels/items/panel.ts';
import { kept } from '../panels/kept/panel.ts';
import { owed } from '../panels/owed/panel.ts';
import { sentenceAtStandup as sentence } from '../panels/sentence/at-standup.tsx';
import { since } from '../panels/since/panel.ts';
import { weakLink } from '../panels/weak-link/panel.ts';
import { defineScene } from './scene.tsx';

export const standup = defineScene('standup', {
  panels: { sentence, goals, kept, weakLink, items, owed, since },
  wide: {
    columns: ['lane', 'lane', 'lane'],
    rows: ['auto', '216fr', '164fr', '220fr', 50],
    areas: [
      ['sentence', 'sentence', 'sentence'],
      ['goals', 'goals', 'goals'],
      ['kept', 'items', 'owed'],
      ['weakLink', 'items', 'owed'],
      ['since', 'since', 'since'],
    ],
  },
  two: {
    columns: ['lane', 'half', 'half'],
    rows: ['auto', 'auto', 'auto', 'auto', 'auto'],
    areas: [
      ['sentence', 'sentence', 'sentence'],
      ['goals', 'goals', 'goals'],
      ['kept', 'weakLink', 'weakLink'],
      ['items', 'owed', 'owed'],
      ['since', 'since', 'since'],
    ],
  },
  one: {
    columns: ['lane'],
    rows: ['auto', 'auto', 'auto', 'auto', 'auto', 'auto', 'auto'],
    areas: [['sentence'], ['goals'], ['kept'], ['weakLink'], ['items'], ['owed'], ['since']],
  },
});
