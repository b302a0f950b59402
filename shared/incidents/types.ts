/** Incidents as the API and the screens see them; types follow from the schemas. All instants are UTC ms. */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';

export const incidentStatuses = ['open', 'claimed', 'responded', 'resolved', 'false_alarm'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const clockNames = ['response', 'disposal'] as const;
export type ClockName = (typeof clockNames)[number];

/** What was told is not changed afterwards. */
const readOnly = <S extends z.core.$ZodLooseShape>(shape: S) => z.object(shape).readonly();
const rows = <T extends z.ZodType>(row: T) => z.array(row).readonly();
const instant = z.number().meta({ description: 'UTC ms' });

/** armed → fired | met; void when the incident was no incident. A late answer leaves `fired` and sets `stoppedAt` [T7]. */
export const clockState = z.enum(['armed', 'fired', 'met', 'void']);
export type ClockState = z.infer<typeof clockState>;

export const clockView = readOnly({
  name: z.enum(clockNames),
  generation: z.int().meta({ description: 'Rises when a re-opened incident gets new clocks' }),
  startedAt: instant,
  dueAt: instant,
  state: clockState,
  firedAt: instant.nullable().meta({ description: 'When the breach was recorded, UTC ms' }),
  latenessMs: z.number().nullable().meta({ description: 'How long after the deadline the breach was recorded' }),
  stoppedAt: instant.nullable(),
});
export type ClockView = z.infer<typeof clockView>;

export const auditLine = readOnly({
  seq: z.int(),
  at: instant,
  actor: z.string().meta({ description: 'A person’s name, or system' }),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()).readonly(),
});
export type AuditLine = z.infer<typeof auditLine>;

const viewFields = {
  id: z.string(),
  code: z.string().meta({ description: 'Short number people can say, such as A17' }),
  version: z.int(),
  status: z.enum(incidentStatuses),
  title: z.string(),
  brand: z.string(),
  storyId: z.string().nullable(),
  openedAt: instant,
  publishedAt: instant.meta({ description: 'Earliest publication of its mentions, UTC ms' }),
  detectedAt: instant.meta({ description: 'Earliest detection of its mentions, UTC ms' }),
  owner: z.string().nullable(),
  mentionCount: z.int(),
  platforms: rows(z.string()).meta({ description: 'Those with the most mentions first, at most 12' }),
  platformCount: z.int().meta({ description: 'How many platforms there are, counted up to 1,000' }),
  reach: z.number().nullable().meta({ description: 'Sum of the mentions’ reach where given; null beyond 2^53' }),
  response: z.string().nullable().meta({ description: 'The answer given; in lists its first 200 characters' }),
  clocks: rows(clockView),
};
export const incidentView = readOnly(viewFields);
export type IncidentView = z.infer<typeof incidentView>;

const mentionFields = {
  mentionId: z.string(),
  source: z.string(),
  platform: z.string(),
  author: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  cut: z.boolean().meta({ description: 'True where a text is longer than what stands here; /mentions/:key gives it whole' }),
  url: z.string().nullable(),
  reach: z.number().nullable(),
  polarity: z.string(),
  publishedAt: instant,
  deleted: z.boolean(),
};
export const incidentMention = readOnly(mentionFields);
export type IncidentMention = z.infer<typeof incidentMention>;

/** A mention that waits for a decision (补录待定). */
export const pendingMention = readOnly({ ...mentionFields, key: z.string(), brand: z.string() });
export type PendingMention = z.infer<typeof pendingMention>;

export const mentionOrders = ['newest', 'reach'] as const;
export type MentionOrder = (typeof mentionOrders)[number];

/** How many rows a list has in all, and the cursor of its next page; null on the last one. */
const page = { total: z.int(), next: z.string().nullable() };
export const incidentPage = readOnly({ incidents: rows(incidentView), ...page });
export const mentionPage = readOnly({ mentions: rows(incidentMention), ...page });
export const auditPage = readOnly({ audit: rows(auditLine), ...page });
export const pendingPage = readOnly({ rows: rows(pendingMention), ...page });
export type IncidentPage = z.infer<typeof incidentPage>;
export type MentionPage = z.infer<typeof mentionPage>;
export type AuditPage = z.infer<typeof auditPage>;
export type PendingPage = z.infer<typeof pendingPage>;

export const incidentDetail = readOnly({
  ...viewFields,
  mentions: rows(incidentMention).meta({ description: 'The newest 50' }),
  mentionsNext: z.string().nullable().meta({ description: 'Cursor of /mentions for those behind them' }),
  audit: rows(auditLine).meta({ description: 'The newest lines and the newest of people, oldest first; all of them: /audit' }),
  auditTotal: z.int(),
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

const base = {
  /** Chosen by the caller; the same id always gets the same answer [C2]. */
  commandId: characters(1, 200),
  /** The incident's version the caller saw; another one is answered 409 with the present state. */
  expectedVersion: z.int().min(0),
  /** Who acts. Until accounts exist this is what the person typed. */
  actor: typed(80),
};

export const incidentCommand = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('claim') }),
  z.object({
    ...base,
    type: z.literal('respond'),
    text: typed(20_000),
    evidence: z.array(characters(1, 2_000)).max(20).optional(),
  }),
  z.object({ ...base, type: z.literal('resolve'), note: characters(0, 20_000).optional() }),
  z.object({ ...base, type: z.literal('false_alarm'), reason: typed(20_000) }),
  z.object({ ...base, type: z.literal('reopen'), reason: typed(20_000) }),
]);
export type IncidentCommand = z.infer<typeof incidentCommand>;
