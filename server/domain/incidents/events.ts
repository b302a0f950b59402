/**
 * What can happen to an incident, typed: the audit trail is the list of these, and
 * `evolve` needs nothing else, so the trail alone can rebuild the incident.
 */
import type { ClockName, ClockState } from '../../../shared/incidents/types.ts';
import type { PolicyName } from '../../../shared/kpi/targets.ts';
import type { Sla } from './clocks.ts';
import type { AuditRow } from './types.ts';

/** How an answer stood to its deadline: in time, late, or in time although the breach was already recorded. */
export type Outcome = 'met' | 'late' | 'overturned';

/** The first few of the mentions a line speaks of, and how many there are: a line's size does not follow the story's [T9]. */
export function namedMentions(keys: readonly string[]): { readonly count: number; readonly mentions: readonly string[] } {
  return { count: keys.length, mentions: keys.slice(0, MENTIONS_NAMED) };
}
export const MENTIONS_NAMED = 5;

/** What a correction of our clock may change of a deadline. */
export interface ClockStamps {
  readonly startedAt: number;
  readonly dueAt: number;
  readonly firedAt: number | null;
  readonly stoppedAt: number | null;
  readonly state: ClockState;
}
interface IncidentStamps {
  readonly openedAt: number;
  readonly detectedAt: number;
  readonly resolvedAt: number | null;
}

interface Details {
  opened: {
    readonly id: string;
    readonly storyKey: string;
    readonly number: number;
    readonly title: string;
    readonly brand: string;
    readonly storyId: string | null;
    readonly publishedAt: number;
    readonly detectedAt: number;
    readonly count: number;
    readonly mentions: readonly string[];
    readonly startedAt: number;
    readonly sla: Sla;
  };
  /** Several of one transaction share a line: a story that spreads must not flood its own trail. */
  mention_added: {
    readonly count: number;
    readonly mentions: readonly string[];
    readonly publishedAt: number;
    readonly detectedAt: number;
  };
  mention_changed: {
    readonly mention: string;
    readonly polarity: string;
    readonly deleted: boolean;
    /** The policy whose change made it so; absent where the mention itself changed. */
    readonly rule?: PolicyName;
  };
  deadline_moved_earlier: { readonly generation: number; readonly clock: ClockName; readonly from: number; readonly to: number };
  claimed: { readonly owner: string };
  responded: {
    readonly text: string;
    readonly evidence: readonly string[];
    readonly owner: string;
    readonly generation: number;
    readonly outcome: Outcome;
  };
  resolved: { readonly note: string | null; readonly generation: number; readonly outcome: Outcome };
  false_alarm: { readonly reason: string; readonly generation: number };
  reopened: { readonly reason: string; readonly generation: number; readonly startedAt: number; readonly sla: Sla };
  clock_fired: {
    readonly clock: ClockName;
    readonly generation: number;
    readonly dueAt: number;
    readonly latenessMs: number;
    /** Not the first breach of this clock: an earlier one was overturned. */ readonly again?: true;
  };
  breach_overturned: {
    readonly clock: ClockName;
    readonly generation: number;
    readonly dueAt: number;
    /** When the answer arrived; null where there is none yet and our clock was wrong. */
    readonly arrivedAt: number | null;
    readonly firedAt: number | null;
    /** Set where a step of our clock overturned it [T8]. */
    readonly stepMs?: number;
  };
  clock_corrected: {
    readonly clock: ClockName;
    readonly generation: number;
    readonly stepMs: number;
    readonly was: ClockStamps;
    readonly now: ClockStamps;
  };
  stamps_corrected: { readonly stepMs: number; readonly was: IncidentStamps; readonly now: IncidentStamps };
}

/** `at` is UTC ms: of people's acts, when the request arrived [T6]; of the system's, when it wrote them. */
export type IncidentEvent = {
  [A in AuditRow['action']]: { readonly action: A; readonly at: number; readonly actor: string; readonly detail: Details[A] };
}[AuditRow['action']];

/** Who acts when nobody does. */
export const SYSTEM = 'system';
