/** English of the board as it was. */
import type { Filled } from './filled.ts';
import type { pastZhCN } from './past-zh-cn.ts';

export const pastEn: Filled<typeof pastZhCN> = {
  title: 'Looking back',
  known: { before: 'Known then', after: 'Known now' },
  choose: 'Figures by what was known when',
  other: { before: 'then {{value}}', after: 'now {{value}}' },
  changed: { before: 'was different', after: 'now different' },
  same: 'Both are the same',
  untold: 'What cannot be told is not compared; the rest agrees',
  differ: '{{count}} differ',
  minute: 'Time of this day',
  previousDay: 'Day before',
  nextDay: 'Day after',
  live: 'Back to now',
  loading: 'Getting {{time}}',
  loadingFirst: 'Getting what the wall showed',
  unreachable: 'The server does not answer; it is asked again soon',
  badTime: 'This time cannot be read',
  badTimeHint: 'In the address, at is written like 2026-11-23T14:35:00+08:00.',
  refused: {
    future: 'This moment has not come yet',
    too_long_ago: 'Only the last {{days}} days can be looked back on',
    other: 'This moment cannot be shown',
  },
  refusedHint: {
    future: 'It lies ahead by the clock of the server; the clock of this screen may be fast.',
    too_long_ago: 'In the address, set at to one of the last {{days}} days.',
    other: 'Go back to now, or choose another moment.',
  },
  gap: { not_kept: 'What this showed was not kept', before_workspace: 'There was no workspace yet' },
  gapHint: {
    not_kept: 'Only what it is now is kept, and that never stands for what it was.',
    before_workspace: 'The wall showed nothing then; “Known now” shows the figures that came later.',
  },
};
