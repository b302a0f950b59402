/**
 * What can happen to an incident, typed: the audit trail is the list of these, and
 * `evolve` needs nothing else, so the trail alone can rebuild the incident.
 */
import type { Evidence } from '../../../shared/incidents/evidence.ts';
import type { Grade } from '../../../shared/incidents/grades.ts';
import type { SeverityView } from '../../../shared/incidents/severity.ts';
import type { ClockName, ClockState, IncidentKind, PauseView } from '../../../shared/incidents/types.ts';
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { PolicyName } from '../../../shared/kpi/targets.ts';
import type { Sla } from './clocks.ts';
import type { AuditRow, Incident } from './types.ts';

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
  /** The stations that our clock stamped; absent in lines of an older version of the program. */
  readonly hops?: Incident['hops'];
  /** Only where one runs. */
  readonly pause?: PauseView;
}

/** A clock of the target of a merge, before and after it took over what the merged story owed. */
export interface TakenOver {
  readonly clock: ClockName;
  readonly generation: number;
  readonly was: ClockStamps;
  readonly now: ClockStamps;
}

export interface Details {
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
    /** From here on absent in lines of older programs. */
    readonly receivedAt?: number;
    readonly classifiedAt?: number;
    readonly severity?: SeverityView;
    readonly topic?: string;
    readonly kind?: IncidentKind;
    readonly product?: string | null;
    readonly drill?: boolean;
    /** The story these mentions were split from. */
    readonly splitFrom?: { readonly id: string; readonly code: string };
  };
  /** Several of one transaction share a line: a story that spreads must not flood its own trail. */
  mention_added: {
    readonly count: number;
    readonly mentions: readonly string[];
    readonly publishedAt: number;
    readonly detectedAt: number;
    /** Absent in lines of older programs. */
    readonly receivedAt?: number;
    readonly classifiedAt?: number;
    /** The product these mentions name, where the story had none. */
    readonly product?: string;
  };
  mention_changed: {
    readonly mention: string;
    readonly polarity: string;
    readonly deleted: boolean;
    /** What happened to it; absent in lines of older programs. */
    readonly what?: 'reclassified' | 'deleted' | 'put_back';
    /** Who judged it anew and why, where the reclassification says so. */
    readonly by?: string;
    readonly reason?: string;
    /** The policy whose change made it so; absent where the mention itself changed. */
    readonly rule?: PolicyName;
  };
  deadline_moved_earlier: { readonly generation: number; readonly clock: ClockName; readonly from: number; readonly to: number };
  /** Its severity or topic was computed anew; `severity` is what holds from then on, with the override that still stands. */
  severity_changed: {
    readonly severity: SeverityView;
    readonly topic: string;
    readonly product?: string | null;
    /** The grade in force until then. */
    readonly was?: Grade;
    /** The policy whose change made it so; absent where mentions, a spike or a merge did. */
    readonly rule?: PolicyName;
  };
  /** It reached the first person. */
  routed: { readonly to: string };
  claimed: { readonly owner: string };
  handed_over: { readonly from: string | null; readonly to: string };
  noted: { readonly text: string };
  responded: {
    readonly text: string;
    /** Plain strings in lines of older programs. */
    readonly evidence: readonly (Evidence | string)[];
    readonly owner: string;
    readonly generation: number;
    readonly outcome: Outcome;
  };
  evidence_added: { readonly evidence: readonly Evidence[] };
  resolved: { readonly note: string | null; readonly generation: number; readonly outcome: Outcome };
  false_alarm: { readonly reason: string; readonly generation: number };
  reopened: { readonly reason: string; readonly generation: number; readonly startedAt: number; readonly sla: Sla };
  /** On the story that is carried on elsewhere: its running clocks end, and the target's count for both. */
  merged: { readonly into: string; readonly code: string; readonly generation: number };
  /** On the target: what it took over. */
  absorbed: {
    readonly from: string;
    readonly code: string;
    readonly count: number;
    readonly publishedAt: number;
    readonly detectedAt: number;
    readonly receivedAt: number;
    readonly classifiedAt: number;
    /** The product of the story it carries on, where it had none. */
    readonly product?: string;
    readonly clocks: readonly TakenOver[];
  };
  /** On the story that mentions left. */
  split: { readonly into: string; readonly code: string; readonly count: number; readonly mentions: readonly string[] };
  /** Of the disposal clock: `from` and `to` are its deadline before and after. */
  paused: {
    readonly generation: number;
    readonly reason: string;
    readonly secondActor: string;
    readonly until: number;
    readonly from: number;
    readonly to: number;
  };
  /** `early` where a person ended it; else it ended at its cap. */
  resumed: { readonly generation: number; readonly early: boolean; readonly from: number; readonly to: number };
  severity_set: { readonly grade: Grade; readonly reason: string; readonly was: Grade; readonly severity: SeverityView };
  /** Net sentiment was restated by events of our own for so many mentions: after a false alarm, or because it was taken back. */
  sentiment_restated: { readonly polarity: string; readonly count: number };
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
  /** A step of the ladder called people. */
  escalated: {
    readonly generation: number;
    /** `ladder:<n>` · `nudge` · `again` · `breach:<clock>`. */
    readonly step: string;
    /** The roles by which the people are called; empty where they are called as the story’s owner. */
    readonly roles: readonly RosterRole[];
    /** Names. */
    readonly people: readonly string[];
    /** Roles for which nobody on the roster could be reached, so that the next rung was called at once. */
    readonly nobodyFor: readonly RosterRole[];
    readonly latenessMs: number;
    /** Why it called before its time; absent where it did not. */
    readonly early?: 'not_shown';
  };
  stamps_corrected: { readonly stepMs: number; readonly was: IncidentStamps; readonly now: IncidentStamps };
}

/** `at` is UTC ms: of people's acts, when the request arrived [T6]; of the system's, when it wrote them. */
export type IncidentEvent = {
  [A in AuditRow['action']]: { readonly action: A; readonly at: number; readonly actor: string; readonly detail: Details[A] };
}[AuditRow['action']];

/** Who acts when nobody does. */
export const SYSTEM = 'system';
