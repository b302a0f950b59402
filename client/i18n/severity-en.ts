/** Words about severity, for wall and desks, English: same keys as the Chinese ones. */
import type { Filled } from './filled.ts';
import type { severityZhCN } from './severity-zh-cn.ts';

export const severityEn: Filled<typeof severityZhCN> = {
  title: 'Severity',
  grade: { blue: 'Blue', yellow: 'Yellow', orange: 'Orange', red: 'Red' },
  topic: { safety: 'Safety', quality: 'Quality', service: 'Service', price: 'Price', delivery: 'Delivery', other: 'Other' },
  part: { reach: 'Reach', speed: 'Speed', source: 'Source', topic: 'Topic', strength: 'Strength of words' },
  score: '{{score}} points',
  floor: '{{topic}} is never below {{grade}}',
  override: 'Set to {{grade}} by {{by}}: {{reason}}',
  policy: { severity: 'Severity', words: 'Words', spike: 'Spikes', grouping: 'Stories' },
};
