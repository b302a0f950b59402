import * as z from 'zod';
import { defineEvent } from './define.ts';
import { businessDay, count, name, version } from './fields.ts';

export const trafficDaily = defineEvent({
  type: 'traffic.daily',
  topic: 'campaigns',
  kind: 'traffic',
  summary: 'Visits of one business day and channel; `date` decides the day.',
  data: z.object({ date: businessDay, channel: name, version, visits: count, organic: count }),
  key: (d) => [d.date, d.channel],
  example: { date: '2026-11-22', channel: '官网', version: 1, visits: 18_200, organic: 7_350 },
});
