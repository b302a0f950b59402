/** What can happen to a mention later; one version sequence with the mention itself. */
import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, label, score, text, version } from './fields.ts';

export const mentionReclassified = defineEvent({
  type: 'sentiment.reclassified',
  topic: 'sentiment',
  kind: 'mention',
  summary: 'The polarity of a mention was corrected, by label or by score.',
  data: z
    .object({ mentionId: id, version, label: label.optional(), score: score.optional(), by: text.optional(), reason: text.optional() })
    .refine((d) => d.label !== undefined || d.score !== undefined, { error: 'give a label or a score', path: ['label'] }),
  key: (d) => [d.mentionId],
  example: { mentionId: 'M-88001', version: 2, label: 'neutral', by: '林悦', reason: '误判' },
});

export const mentionDeleted = defineEvent({
  type: 'sentiment.deleted',
  topic: 'sentiment',
  kind: 'mention',
  summary: 'A mention was taken down by its author or platform.',
  data: z.object({ mentionId: id, version }),
  key: (d) => [d.mentionId],
  example: { mentionId: 'M-88001', version: 3 },
});
