/** Incident answers, as schemas for the published description. Instants are UTC ms. */
import * as z from 'zod';
import {
  type AuditLine,
  clockNames,
  type ClockView,
  type IncidentDetail,
  type IncidentMention,
  incidentStatuses,
  type IncidentView,
} from '../../../../shared/incidents/types.ts';
import type { MentionRow } from '../../../pipeline/ports/reads.ts';

const instant = z.number().meta({ description: 'UTC ms' });

const clock: z.ZodType<ClockView> = z.object({
  name: z.enum(clockNames),
  generation: z.int(),
  startedAt: instant,
  dueAt: instant,
  state: z.enum(['armed', 'fired', 'met', 'void']),
  firedAt: instant.nullable(),
  latenessMs: z.number().nullable(),
  stoppedAt: instant.nullable(),
});
const viewFields = {
  id: z.string(),
  code: z.string().meta({ description: 'Short number people can say, such as A17' }),
  version: z.int(),
  status: z.enum(incidentStatuses),
  title: z.string(),
  brand: z.string(),
  storyId: z.string().nullable(),
  openedAt: instant,
  publishedAt: instant,
  detectedAt: instant,
  owner: z.string().nullable(),
  mentionCount: z.int(),
  platforms: z.array(z.string()),
  reach: z.number(),
  response: z.string().nullable(),
  clocks: z.array(clock),
};
const incidentView: z.ZodType<IncidentView> = z.object(viewFields);
export const incidentList = z.object({ incidents: z.array(incidentView) });

const mentionFields = {
  mentionId: z.string(),
  source: z.string(),
  platform: z.string(),
  author: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  url: z.string().nullable(),
  reach: z.number().nullable(),
  polarity: z.string(),
  publishedAt: instant,
  deleted: z.boolean(),
};
const mention: z.ZodType<IncidentMention> = z.object(mentionFields);
const auditLine: z.ZodType<AuditLine> = z.object({
  seq: z.int(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export const incidentDetail: z.ZodType<IncidentDetail> = z.object({
  ...viewFields,
  mentions: z.array(mention),
  audit: z.array(auditLine),
});

const mentionRow: z.ZodType<MentionRow> = z.object({ ...mentionFields, key: z.string(), brand: z.string() });
export const pendingHistory = z.object({ total: z.int(), rows: z.array(mentionRow) });
