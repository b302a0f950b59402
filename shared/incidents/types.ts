/** Incidents as the API and the screens see them; types follow from the schemas. All instants are UTC ms. */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';
import { evidenceKinds, isWebLink } from './evidence.ts';
import { grades } from './grades.ts';
import { severityView } from './severity.ts';
import { rosterRoles } from './ladder.ts';

export const incidentStatuses = ['open', 'claimed', 'responded', 'resolved', 'false_alarm', 'merged'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

/** A story of its own, or the daily collection of single complaints about one topic (日常零星差评). */
export const incidentKinds = ['story', 'daily'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export const clockNames = ['response', 'disposal'] as const;
export type ClockName = (typeof clockNames)[number];

/** What was told is not changed afterwards. */
const readOnly = <S extends z.core.$ZodLooseShape>(shape: S) => z.object(shape).readonly();
const rows = <T extends z.ZodType>(row: T) => z.array(row).readonly();
const instant = z.number().meta({ description: 'UTC ms' });

/** armed → fired | met; void when the incident was no incident, or was merged into another one. A late answer leaves `fired` and sets `stoppedAt` [T7]. */
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
  pausedMs: z.number().meta({ description: 'How much later it is due because of pauses, ms; a running pause counts up to its end' }),
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

export const evidence = readOnly({ kind: z.enum(evidenceKinds), value: z.string() });

export const pauseView = readOnly({
  since: instant,
  until: instant.meta({ description: 'When it ends by itself, UTC ms' }),
  reason: z.string(),
  by: z.string(),
  secondBy: z.string(),
});
export type PauseView = z.infer<typeof pauseView>;

/** When a story passed each station on its way to a person. Earliest of its mentions, UTC ms. */
export const hopsView = readOnly({
  publishedAt: instant,
  detectedAt: instant.meta({ description: 'Monitoring found it' }),
  receivedAt: instant.meta({ description: 'This server had it' }),
  classifiedAt: instant.meta({ description: 'It was known to be negative and ours' }),
  routedAt: instant.nullable().meta({ description: 'The first person had it: an alert to a person, or somebody who acted' }),
});
export type HopsView = z.infer<typeof hopsView>;

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
  respondedBy: z.string().nullable().meta({ description: 'Who gave it, who need not be the owner' }),
  clocks: rows(clockView),
  generation: z.int().meta({ description: 'Round of clocks that runs, or ran last; rises with every re-opening' }),
  severity: severityView,
  topic: z.string().meta({ description: 'safety, quality, service, price, delivery or other' }),
  kind: z.enum(incidentKinds).meta({ description: 'daily: single complaints about one topic, collected (日常零星差评)' }),
  product: z.string().nullable().meta({ description: 'The sku its mentions name' }),
  mergedInto: z.string().nullable().meta({ description: 'Id of the story that carries it on' }),
  pause: pauseView.nullable().meta({ description: 'The pause of its disposal clock that runs' }),
  hops: hopsView,
  drill: z.boolean().meta({ description: 'A drill, or the synthetic story of the watchdog: in no KPI' }),
  next: readOnly({
    at: instant,
    roles: rows(z.enum(rosterRoles)).meta({ description: 'Empty where the owner is called' }),
    people: rows(z.string()).meta({ description: 'Names of those on the roster then; empty where nobody is' }),
  })
    .nullable()
    .meta({ description: 'Who is called next while nothing changes; null where nobody will be' }),
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

/** A mention with its whole text as it is kept, and the digest that proves that it was not changed. */
export const keptMention = readOnly({ ...mentionFields, sha256: z.string().meta({ description: 'Of the text in UTF-8, hexadecimal' }) });
export type KeptMention = z.infer<typeof keptMention>;

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
  evidence: rows(evidence).meta({ description: 'Of the answer, with what was added later' }),
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

const reason = typed(20_000);
const evidenceItem = z
  .object({ kind: z.enum(evidenceKinds), value: typed(2_000) })
  .refine(({ kind, value }) => kind !== 'link' || isWebLink(value), {
    path: ['value'],
    error: 'a link is a whole http or https address, such as https://example.com/answer',
  });
const MOST_EVIDENCE = 20;

export const incidentCommand = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('claim') }),
  z.object({ ...base, type: z.literal('hand_over'), to: typed(80) }),
  z.object({ ...base, type: z.literal('note'), text: typed(20_000) }),
  z
    .object({
      ...base,
      type: z.literal('respond'),
      text: characters(0, 20_000, z.string().trim()).optional(),
      evidence: z.array(evidenceItem).max(MOST_EVIDENCE).optional(),
    })
    .refine(({ text, evidence: links = [] }) => Boolean(text) || links.length > 0, {
      path: ['text'],
      error: 'an answer needs the text, or a link of what was published',
    }),
  z.object({ ...base, type: z.literal('evidence'), evidence: z.array(evidenceItem).min(1).max(MOST_EVIDENCE) }),
  z.object({ ...base, type: z.literal('resolve'), note: characters(0, 20_000).optional() }),
  z.object({ ...base, type: z.literal('false_alarm'), reason }),
  z.object({ ...base, type: z.literal('reopen'), reason }),
  z.object({ ...base, type: z.literal('merge'), into: characters(1, 200).meta({ description: 'Id of the story that carries it on' }) }),
  z.object({
    ...base,
    type: z.literal('split'),
    mentions: z
      .array(characters(3, 1_000))
      .min(1)
      .max(500)
      .meta({ description: 'Mentions that become a story of their own: source, a space, mentionId' }),
  }),
  z.object({ ...base, type: z.literal('pause'), reason, secondActor: typed(80) }),
  z.object({ ...base, type: z.literal('resume') }),
  z.object({ ...base, type: z.literal('severity'), grade: z.enum(grades), reason }),
]);
export type IncidentCommand = z.infer<typeof incidentCommand>;
