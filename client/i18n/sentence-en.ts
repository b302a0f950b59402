/** The one sentence on top of a scene, English: same keys as the Chinese one. */
import type { Filled } from './filled.ts';
import type { sentenceZhCN } from './sentence-zh-cn.ts';

export const sentenceEn: Filled<typeof sentenceZhCN> = {
  landing: 'On course for {{range}} today, {{against}}',
  against: { above: 'above plan', near: 'close to plan', below: 'short of plan' },
  and: '. One thing needs someone: ',
  only: 'One thing needs someone: ',
  calm: '. Nothing needs anyone now',
  stopped: 'Stopped at {{time}}: ',
  running: { response: '{{title}}, overdue in {{clock}}', disposal: '{{title}}, to be settled in {{clock}}' },
  over: { response: '{{title}}, overdue by {{clock}}', disposal: '{{title}}, settling overdue by {{clock}}' },
  nobody: ', no answer',
  claimed: ', {{owner}} yet to answer',
  spending: ', {{campaign}} spending',
  goal: {
    day: 'today is {{short}} behind plan',
    month: 'the month is {{short}} behind plan',
    quarter: 'the quarter is {{short}} behind plan',
  },
  channel: ', {{short}} of it on {{channel}}',
  campaign: '{{campaign}}: high spend, low return, {{lost}} lost',
};
