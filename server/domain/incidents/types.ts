/**
 * Incident state as it is stored: an incident and its clocks. Its mentions are no part of it [T9]: whoever needs them
 * asks whether certain ones are members, or for a page. Instants in UTC ms.
 */
import type { Evidence } from '../../../shared/incidents/evidence.ts';
import type { SeverityView } from '../../../shared/incidents/severity.ts';
import type { ClockName, ClockState, HopsView, IncidentKind, IncidentStatus, PauseView } from '../../../shared/incidents/types.ts';

export interface Clock {
  readonly name: ClockName;
  readonly generation: number;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly state: ClockState;
  /** The last breach; kept when it is overturned, so `state` says whether it stands. */
  readonly firedAt: number | null;
  readonly stoppedAt: number | null;
  /** How much later it is due because of pauses, ms. */
  readonly pausedMs: number;
  /** False: in no KPI, because it is of a drill, or because the story merged into carries it on (K25). */
  readonly counts: boolean;
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
  /** Earliest receipt and earliest classification of its mentions, and when the first person had it. */
  readonly hops: Pick<HopsView, 'receivedAt' | 'classifiedAt' | 'routedAt'>;
  readonly owner: string | null;
  readonly response: string | null;
  readonly respondedBy: string | null;
  readonly evidence: readonly Evidence[];
  /** When it was last closed, in whatever way; kept when it is opened again. */
  readonly resolvedAt: number | null;
  readonly severity: SeverityView;
  readonly topic: string;
  readonly kind: IncidentKind;
  readonly product: string | null;
  readonly mergedInto: string | null;
  readonly pause: PauseView | null;
  readonly drill: boolean;
  readonly clocks: readonly Clock[];
}

/** What a mention adds to the figures of its incident: how many there are, their platforms, their reach. */
export interface MemberColumns {
  readonly platform: string;
  readonly publishedAt: number;
  /** 0 where the source gives none. */
  readonly reach: number;
}

/** A mention that joins an incident, or a member that changed what it adds to the incident's figures. */
export interface MemberChange {
  readonly incidentId: string;
  /** Fact key of the mention. */
  readonly key: string;
  /** null = it joins now. */
  readonly before: MemberColumns | null;
  readonly after: MemberColumns;
}

/** What happened to an incident: one append-only audit line each. */
export interface AuditRow {
  readonly action:
    | 'opened'
    | 'mention_added'
    | 'mention_changed'
    | 'deadline_moved_earlier'
    | 'severity_changed'
    | 'routed'
    | 'claimed'
    | 'handed_over'
    | 'noted'
    | 'responded'
    | 'evidence_added'
    | 'resolved'
    | 'false_alarm'
    | 'reopened'
    | 'merged'
    | 'absorbed'
    | 'split'
    | 'paused'
    | 'resumed'
    | 'severity_set'
    | 'sentiment_restated'
    | 'clock_fired'
    | 'breach_overturned'
    | 'clock_corrected'
    | 'stamps_corrected'
    | 'escalated';
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
