/** Incident state as it is stored: an incident, its mentions, its clocks. Instants in UTC ms. */
import type { ClockName, ClockState, IncidentStatus } from '../../../shared/incidents/types.ts';

export interface Clock {
  readonly name: ClockName;
  readonly generation: number;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly state: ClockState;
  readonly firedAt: number | null;
  readonly stoppedAt: number | null;
}

export interface Incident {
  readonly id: string;
  /** See `storyKey` in story.ts: one incident per key. */
  readonly storyKey: string;
  /** Ordinal given at opening; the code people say is `A<number>`. */
  readonly number: number;
  /** Rises with every change [C2]. */
  readonly version: number;
  readonly status: IncidentStatus;
  readonly title: string;
  readonly brand: string;
  readonly storyId: string | null;
  readonly openedAt: number;
  /** Earliest publication and earliest detection of its mentions. */
  readonly publishedAt: number;
  readonly detectedAt: number;
  readonly owner: string | null;
  readonly response: string | null;
  /** When it was last resolved or called a false alarm; kept when it is opened again. */
  readonly resolvedAt: number | null;
  /** Fact keys of its mentions, in the order they joined. */
  readonly mentions: readonly string[];
  readonly clocks: readonly Clock[];
}

/** What happened to an incident: one append-only audit line each. */
export interface AuditRow {
  readonly action:
    | 'opened'
    | 'mention_added'
    | 'mention_changed'
    | 'deadline_moved_earlier'
    | 'claimed'
    | 'responded'
    | 'resolved'
    | 'false_alarm'
    | 'reopened'
    | 'clock_fired'
    | 'breach_overturned';
  readonly at: number;
  readonly actor: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An incident after a change, with the audit lines and messages the change owes [N1, C1]. */
export interface IncidentChange {
  readonly incident: Incident;
  /** Version before the change; 0 when it is new. */
  readonly previousVersion: number;
  readonly events: readonly AuditRow[];
}
