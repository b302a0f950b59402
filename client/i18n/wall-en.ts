/** English of what the frame of the wall says, whatever scene it shows. */
import type { Filled } from './filled.ts';
import type { wallZhCN } from './wall-zh-cn.ts';

export const wallEn: Filled<typeof wallZhCN> = {
  mode: {
    rotation: 'Rotating',
    pinned: 'Pinned',
    fire: 'Urgent: stays until claimed',
    standup: 'Stand-up time',
  },
  say: {
    fire: 'Urgent story: {{title}}. {{minutes}} minutes left, nobody has claimed it.',
    breached: 'Story overdue: {{title}}. Nobody has claimed it.',
    check: 'Marketing war room, sound works.',
  },
  sound: {
    untried: 'Try the sound',
    works: 'Sound works, try again',
    noVoice: 'A tone but no voice',
    silent: 'Browser keeps silent, try again',
  },
  moment: {
    today: 'Target of the day reached',
    month: 'Target of the month reached',
    quarter: 'Target of the quarter reached',
    reached: '{{net}} of {{target}}',
  },
  nav: {
    pin: 'Pin this scene',
    unpin: 'Rotate again',
    space: 'Space',
    fullScreen: 'Full screen',
    incidents: 'Incidents',
    campaigns: 'Campaign ROI',
    numbers: 'Numbers',
    standup: 'Run stand-up',
    settings: 'Settings',
  },
};
