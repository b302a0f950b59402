import * as z from 'zod';
import { streams } from '../wire/constants.ts';
import { defineEvent } from './define.ts';
import { version } from './fields.ts';

export const sourceHeartbeat = defineEvent({
  type: 'source.heartbeat',
  topic: 'sales',
  kind: 'heartbeat',
  summary: 'What feeds a stream is alive, also while nothing happens; by any topic. Counts in no KPI. Who sends one goes on sending them.',
  data: z.object({ stream: z.enum(streams), version }),
  key: (d, occurredAt) => [d.stream, String(occurredAt)],
  example: { stream: 'orders', version: 1 },
});
