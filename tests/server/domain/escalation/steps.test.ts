/** Random ladders, rosters and commands under an injected clock, against a recount that knows nothing of stored steps. */
import { expect, it } from 'vitest';
import { rosterBook } from '../../../../server/domain/escalation/roster.ts';
import { followSteps, holds, type EscalationStep } from '../../../../server/domain/escalation/steps.ts';
import { whomToCall } from '../../../../server/domain/escalation/whom.ts';
import { decideFiring } from '../../../../server/domain/incidents/decide-firing.ts';
import type { IncidentEvent } from '../../../../server/domain/incidents/events.ts';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import { isIncidentRefusal } from '../../../../server/domain/incidents/refusal.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { ladder as ladderSchema, rosterRoles, stepConditions, type Ladder, type RosterRole } from '../../../../shared/incidents/ladder.ts';
import type { Roster } from '../../../../shared/incidents/roster.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { hour, minute, opened, sla, T0, when } from '../incidents/story-spec.ts';

const names = ['林悦', '陈放', '周岚', '吴桐'];
/** Commands come between two looks of the scanner, never at the same instant. */
const BETWEEN = 7_001;

function randomLadder(pick: Random): Ladder {
  const steps = Array.from({ length: 1 + pick.below(6) }, () => ({
    afterMs: pick.below(20) * 12 * minute,
    when: pick.pick(stepConditions),
    to: pick.shuffle(rosterRoles).slice(0, 1 + pick.below(2)),
  })).sort((a, b) => a.afterMs - b.afterMs);
  const parsed = ladderSchema.safeParse({ steps });
  return parsed.success ? parsed.data : randomLadder(pick);
}

function randomRoster(pick: Random): Roster {
  const people = names.map((name) => ({
    id: `p-${name}`,
    name,
    roles: [...rosterRoles],
    contacts: pick.chance(0.8) ? [{ channel: 'wecom' }] : [],
  }));
  const shifts = Array.from({ length: pick.below(14) }, () => {
    const from = T0 + (pick.below(60) - 20) * 10 * minute;
    const to = from + (1 + pick.below(40)) * 10 * minute;
    return {
      role: pick.pick(rosterRoles),
      person: pick.pick(people).id,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    };
  });
  return { people, shifts };
}

interface Act {
  readonly at: number;
  readonly type: 'claim' | 'note' | 'hand_over' | 'respond' | 'resolve' | 'false_alarm' | 'reopen';
  readonly actor: string;
  readonly to: string;
}
const acts = ['claim', 'note', 'note', 'hand_over', 'respond', 'resolve', 'false_alarm', 'reopen'] as const;

interface Call {
  readonly step: string;
  readonly at: number;
  readonly dueAt: number;
  readonly people: readonly string[];
}

/** The story as the product runs it: events through `evolve`, steps through `followSteps`, a look at each tick. */
function run(ladder: Ladder, roster: Roster, wishes: readonly Act[], ticks: readonly number[]) {
  const book = rosterBook(roster);
  let incident: Incident | undefined;
  const steps = new Map<string, EscalationStep>();
  const calls: Call[] = [];
  const done: Act[] = [];
  const happen = (events: readonly IncidentEvent[]): void => {
    const before = incident;
    for (const event of events) incident = evolve(incident, event);
    if (incident === undefined || events.length === 0) return;
    const followed = followSteps({ before, after: incident, events, steps: [...steps.values()], ladder });
    for (const step of followed) steps.set(`${step.generation} ${step.name}`, step);
  };
  happen([opened()]);
  const moments = [...wishes, ...ticks].sort((a, b) => (typeof a === 'number' ? a : a.at) - (typeof b === 'number' ? b : b.at));
  for (const moment of moments) {
    if (incident === undefined) throw new Error('the story was not opened');
    if (typeof moment !== 'number') {
      const { at, type, actor, to } = moment;
      const rest =
        type === 'respond' ? { text: '在' } : type === 'hand_over' ? { to } : type === 'note' ? { text: '记' } : { reason: '因' };
      const asked = { type, actor, ...rest } as Parameters<typeof when>[1];
      const answer = when(incident, asked, at);
      if (isIncidentRefusal(answer)) continue;
      done.push(moment);
      happen(answer);
      continue;
    }
    for (const clock of incident.clocks) happen(decideFiring(incident, clock.name, clock.generation, moment));
    for (const [key, step] of steps) {
      if (step.state !== 'armed' || step.dueAt > moment) continue;
      if (!holds(step, incident)) {
        steps.set(key, { ...step, state: 'stopped' });
        continue;
      }
      const { people } = whomToCall(step, [...steps.values()], incident.owner, book, moment);
      calls.push({
        step: `${step.generation} ${step.name}`,
        at: moment,
        dueAt: step.dueAt,
        people: people.map(({ name }) => name).toSorted(),
      });
      steps.set(key, { ...step, state: 'fired', firedAt: moment, people: people.map(({ id }) => id) });
    }
  }
  return { calls, done };
}

/** What should have been called, counted from the commands that went through and the roster's rows alone. */
function recount(ladder: Ladder, roster: Roster, done: readonly Act[], ticks: readonly number[]): Call[] {
  const holders = (role: RosterRole, at: number) =>
    roster.people.filter(({ id }) =>
      roster.shifts.some((s) => s.role === role && s.person === id && Date.parse(s.from) <= at && at < Date.parse(s.to)),
    );
  const called = (rungs: readonly (readonly RosterRole[])[], at: number): string[] => {
    const found = new Set<string>();
    for (const roles of [...rungs, rosterRoles]) {
      const people = roles.flatMap((role) => holders(role, at));
      people.forEach(({ name }) => found.add(name));
      if (people.some(({ contacts }) => contacts.length > 0)) break;
    }
    return [...found];
  };
  const starts = [T0, ...done.filter(({ type }) => type === 'reopen').map(({ at }) => at)];
  const calls: Call[] = [];
  starts.forEach((start, i) => {
    const end = starts[i + 1] ?? Infinity;
    const own = done.filter(({ at, type }) => (at >= start && at < end && type !== 'reopen') || false);
    const first = (...types: Act['type'][]) => own.find(({ type }) => types.includes(type))?.at ?? Infinity;
    const closed = first('resolve', 'false_alarm');
    const answered = Math.min(first('respond'), closed);
    const claimed = Math.min(first('claim', 'hand_over'), answered);
    const generation = i + 1;
    const firedAt = new Map<number, number>();
    ladder.steps.forEach(({ afterMs, when: condition }, n) => {
      const due = condition === 'breached' ? Math.max(start + afterMs, start + sla.responseMs) : start + afterMs;
      const tick = ticks.find((at) => at >= due && at >= start);
      const until = { always: closed, unclaimed: claimed, unanswered: answered, breached: answered }[condition];
      if (tick === undefined || tick > until || tick > end) return;
      firedAt.set(n, tick);
      const people = called(
        ladder.steps.slice(n).map(({ to }) => to),
        tick,
      );
      calls.push({ step: `${generation} ladder:${n}`, at: tick, dueAt: due, people: people.toSorted() });
    });
    if (claimed >= answered) return;
    const progress = own.filter(({ at }) => at >= claimed && at < answered);
    progress.forEach(({ at }, p) => {
      const next = Math.min(progress[p + 1]?.at ?? Infinity, answered, end);
      const holding = progress.slice(0, p + 1).findLast(({ type }) => type === 'claim' || type === 'hand_over');
      const ownerName = holding?.type === 'hand_over' ? holding.to : holding?.actor;
      const owner = roster.people.find(({ name, contacts }) => name === ownerName && contacts.length > 0);
      for (const [name, afterMs] of [['nudge', 30 * minute] as const, ['again', 45 * minute] as const]) {
        const tick = ticks.find((time) => time >= at + afterMs);
        if (tick === undefined || tick > next) continue;
        const unclaimed = ladder.steps.flatMap(({ when: condition }, n) => (condition === 'unclaimed' ? [n] : []));
        const from = unclaimed.find((n) => !firedAt.has(n)) ?? unclaimed.at(-1) ?? 0;
        const ladderFrom = (n: number) => ladder.steps.slice(n).map(({ to }) => to);
        const people = name === 'nudge' ? (owner ? [owner.name] : called(ladderFrom(0), tick)) : called(ladderFrom(from), tick);
        const all = new Set(name === 'again' && owner ? [owner.name, ...people] : people);
        calls.push({ step: `${generation} ${name}`, at: tick, dueAt: at + afterMs, people: [...all].toSorted() });
      }
    });
  });
  return calls;
}

const inOrder = (calls: readonly Call[]) => calls.toSorted((a, b) => a.at - b.at || a.dueAt - b.dueAt || (a.step < b.step ? -1 : 1));

it('[ES1] [ES2] [ES3] [T2] [T4] each step that is due calls once, never early, never after what it waits for ended, and whom a plain recount says', () => {
  const pick = seededRandom(testSeed('escalation'));
  let total = 0;
  for (let round = 0; round < 400; round += 1) {
    const ladder = randomLadder(pick);
    const roster = randomRoster(pick);
    // The scanner sleeps for a while now and then, as over a restart.
    const ticks: number[] = [];
    for (let at = T0; at < T0 + 8 * hour; at += pick.chance(0.05) ? 40 * minute : minute) ticks.push(at);
    const wishes = Array.from({ length: pick.below(14) }, (): Act => ({
      at: T0 + pick.below(8 * 60) * minute + BETWEEN,
      type: pick.pick(acts),
      actor: pick.pick([...names, '实习生']),
      to: pick.pick(names),
    }));
    const { calls, done } = run(
      ladder,
      roster,
      wishes.filter(({ at }, i) => wishes.findIndex((other) => other.at === at) === i),
      ticks,
    );
    expect(inOrder(calls)).toEqual(inOrder(recount(ladder, roster, done, ticks)));
    for (const { at, dueAt } of calls) expect(at).toBeGreaterThanOrEqual(dueAt);
    total += calls.length;
  }
  expect(total).toBeGreaterThan(400);
});
