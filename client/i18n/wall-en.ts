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
