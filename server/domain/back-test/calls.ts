/** Whom a ladder would have called for cases, over which channel, as their stories were really taken and answered. */
import type { BackTestRun } from '../../../shared/incidents/back-test.ts';
import type { Ladder, LadderStep, RosterRole } from '../../../shared/incidents/ladder.ts';
import type { CountedCase, OutcomeOf, StoryOutcome } from './sum-up.ts';

/** A person as the roster knows them, as far as a call goes. */
export interface Callable {
  readonly contacts: readonly { readonly channel: string }[];
}
export interface Roster {
  /** People who hold any of these roles then and can be reached. */
  readonly holders: (roles: readonly RosterRole[], at: number) => readonly Callable[];
  /** People a step calls then: its own roles', else those of the first later rung with anybody. */
  readonly called: (rungs: readonly (readonly RosterRole[])[], at: number) => readonly Callable[];
  /** The channel a message to a person leaves by; undefined where they have no contact. */
  readonly channelOf: (person: Callable) => string | undefined;
}

export interface CallingRule {
  readonly ladder: Ladder;
  readonly responseMs: number;
  readonly roster: Roster;
  /** UTC ms: a step that is due later has called nobody yet. */
  readonly now: number;
  /** Of a channel, messages a minute; null where it is unknown. */
  readonly perMinute: (channel: string) => number | null;
}

const after = (ms: number | null, limit: number): boolean => ms === null || ms > limit;

/** Whether the step still had to call somebody when it was due. */
function fires({ when, afterMs }: LadderStep, outcome: StoryOutcome | undefined, responseMs: number): boolean {
  switch (when) {
    case 'always':
      return true;
    case 'unclaimed':
      return after(outcome?.claimedAfterMs ?? null, afterMs);
    case 'unanswered':
      return after(outcome?.answeredAfterMs ?? null, afterMs);
    case 'breached':
      return after(outcome?.answeredAfterMs ?? null, responseMs);
  }
}

const UNCOVERED_NAMED = 20;
const MINUTE_MS = 60_000;

export interface Calls extends Pick<BackTestRun, 'uncoveredClocks' | 'uncovered' | 'channels'> {}

/** Messages by channel and minute. */
class Traffic {
  readonly #minutes = new Map<string, Map<number, number>>();

  add(channels: readonly (string | undefined)[], at: number): void {
    for (const channel of channels) {
      if (channel === undefined) continue;
      const minutes = this.#minutes.get(channel) ?? new Map<number, number>();
      this.#minutes.set(channel, minutes);
      const minute = Math.floor(at / MINUTE_MS);
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
  }

  channels(perMinute: CallingRule['perMinute']): BackTestRun['channels'] {
    return [...this.#minutes].map(([channel, minutes]) => {
      const counts = [...minutes.values()];
      const messages = counts.reduce((sum, count) => sum + count, 0);
      return { channel, messages, busiestMinute: Math.max(...counts), perMinute: perMinute(channel) };
    });
  }
}

export function callsOf(cases: readonly CountedCase[], rule: CallingRule, outcomeOf: OutcomeOf): Calls {
  const { ladder, responseMs, roster, now, perMinute } = rule;
  const traffic = new Traffic();
  const uncovered: { code: string | null; title: string; at: number }[] = [];
  const rungs = ladder.steps.map(({ to }) => to);
  for (const { at, incidentId, title } of cases) {
    const outcome = incidentId === null ? undefined : outcomeOf(incidentId);
    if (roster.holders(rungs[0] ?? [], at).length === 0) uncovered.push({ code: outcome?.code ?? null, title, at });
    ladder.steps.forEach((step, i) => {
      const due = at + (step.when === 'breached' ? Math.max(step.afterMs, responseMs) : step.afterMs);
      if (due <= now && fires(step, outcome, responseMs)) traffic.add(roster.called(rungs.slice(i), due).map(roster.channelOf), due);
    });
  }
  uncovered.sort((a, b) => b.at - a.at);
  return { uncoveredClocks: uncovered.length, uncovered: uncovered.slice(0, UNCOVERED_NAMED), channels: traffic.channels(perMinute) };
}

/** The same for spikes, which are told once to whoever is on duty and the lead. */
export function spikeCalls(cases: readonly CountedCase[], rule: CallingRule): Calls {
  return callsOf(cases, { ...rule, ladder: { steps: [{ afterMs: 0, when: 'always', to: [...SPIKE_ROLES] }] } }, () => undefined);
}
export const SPIKE_ROLES = ['duty', 'lead'] as const;
