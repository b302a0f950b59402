/** Incidents as the API and the screens see them. All instants are UTC ms. */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';

export const incidentStatuses = ['open', 'claimed', 'responded', 'resolved', 'false_alarm'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const clockNames = ['response', 'disposal'] as const;
export type ClockName = (typeof clockNames)[number];

/** armed → fired | met; void when the incident was no incident. A late answer leaves `fired` and sets `stoppedAt` [T7]. */
export const clockState = z.enum(['armed', 'fired', 'met', 'void']);
export type ClockState = z.infer<typeof clockState>;

export const clockView = z
  .object({
    name: z.enum(clockNames),
    /** Rises when a re-opened incident gets new clocks. */
    generation: z.int(),
    startedAt: z.number(),
    dueAt: z.number(),
    state: clockState,
    /** When the breach was recorded, and how long after the deadline (ms ≥ 0). */
    firedAt: z.number().nullable(),
    latenessMs: z.number().nullable(),
    stoppedAt: z.number().nullable(),
  })
  .readonly();
export type ClockView = z.infer<typeof clockView>;

export interface AuditLine {
  readonly seq: number;
  readonly at: number;
  /** A person's name, or 'system'. */
  readonly actor: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export const incidentView = z
  .object({
    id: z.string(),
    /** Short number people can say, such as `A17`. */
    code: z.string(),
    version: z.int(),
    status: z.enum(incidentStatuses),
    title: z.string(),
    brand: z.string(),
    storyId: z.string().nullable(),
    openedAt: z.number(),
    /** Earliest publication, and earliest detection, which started the clock. */
    publishedAt: z.number(),
    detectedAt: z.number(),
    owner: z.string().nullable(),
    mentionCount: z.int(),
    platforms: z.array(z.string()).readonly(),
    /** Sum of the mentions' reach where given. */
    reach: z.number(),
    response: z.string().nullable(),
    clocks: z.array(clockView).readonly(),
  })
  .readonly();
export type IncidentView = z.infer<typeof incidentView>;

export interface IncidentMention {
  readonly mentionId: string;
  readonly source: string;
  readonly platform: string;
  readonly author: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  readonly reach: number | null;
  readonly polarity: string;
  readonly publishedAt: number;
  readonly deleted: boolean;
}

export interface IncidentDetail extends IncidentView {
  readonly mentions: readonly IncidentMention[];
  readonly audit: readonly AuditLine[];
}

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
