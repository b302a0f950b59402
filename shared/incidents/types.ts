/** Incidents as the API and the screens see them. All instants are UTC ms. */
import * as z from 'zod';

export const incidentStatuses = ['open', 'claimed', 'responded', 'resolved', 'false_alarm'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const clockNames = ['response', 'disposal'] as const;
export type ClockName = (typeof clockNames)[number];

/** armed → fired | met; void when the incident was no incident. A late answer leaves `fired` and sets `stoppedAt` [T7]. */
export type ClockState = 'armed' | 'fired' | 'met' | 'void';

export interface ClockView {
  readonly name: ClockName;
  /** Rises when a re-opened incident gets new clocks. */
  readonly generation: number;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly state: ClockState;
  /** When the breach was recorded, and how long after the deadline (ms ≥ 0). */
  readonly firedAt: number | null;
  readonly latenessMs: number | null;
  readonly stoppedAt: number | null;
}

export interface AuditLine {
  readonly seq: number;
  readonly at: number;
  /** A person's name, or 'system'. */
  readonly actor: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface IncidentView {
  readonly id: string;
  /** Short number people can say, such as `A17`. */
  readonly code: string;
  readonly version: number;
  readonly status: IncidentStatus;
  readonly title: string;
  readonly brand: string;
  readonly storyId: string | null;
  readonly openedAt: number;
  /** Earliest publication, and earliest detection, which started the clock. */
  readonly publishedAt: number;
  readonly detectedAt: number;
  readonly owner: string | null;
  readonly mentionCount: number;
  readonly platforms: readonly string[];
  /** Sum of the mentions' reach where given. */
  readonly reach: number;
  readonly response: string | null;
  readonly clocks: readonly ClockView[];
}

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
  commandId: z.string().min(1).max(200),
  /** The incident's version the caller saw; another one is answered 409 with the present state. */
  expectedVersion: z.int().min(0),
  /** Who acts. Until accounts exist this is what the person typed. */
  actor: z.string().trim().min(1).max(80),
};

export const incidentCommand = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('claim') }),
  z.object({
    ...base,
    type: z.literal('respond'),
    text: z.string().trim().min(1).max(20_000),
    evidence: z.array(z.string().min(1).max(2_000)).max(20).optional(),
  }),
  z.object({ ...base, type: z.literal('resolve'), note: z.string().max(20_000).optional() }),
  z.object({ ...base, type: z.literal('false_alarm'), reason: z.string().trim().min(1).max(20_000) }),
  z.object({ ...base, type: z.literal('reopen'), reason: z.string().trim().min(1).max(20_000) }),
]);
export type IncidentCommand = z.infer<typeof incidentCommand>;
