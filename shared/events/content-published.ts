import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, name, text, title, version } from './fields.ts';

export const contentPublished = defineEvent({
  type: 'content.published',
  topic: 'campaigns',
  kind: 'content',
  summary: 'A piece of content went out; `time` is when.',
  data: z.object({ contentId: id, version, platform: name, title, url: text.optional() }),
  key: (d) => [d.contentId],
  example: { contentId: 'N-9', version: 1, platform: '小红书', title: '三分钟拉花', url: 'https://example.com/n/9' },
});
