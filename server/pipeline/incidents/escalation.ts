/**
 * What a change of stories means to whom they call, in the transaction of the change: steps are made, moved and stopped
 * [T1], a step due at the opening fires with it, and people are told of breaches, withdrawn breaches and hand-overs.
 */
import { rosterRoles } from '../../../shared/incidents/ladder.ts';
import type { ClockName } from '../../../shared/incidents/types.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import type { RosterBook } from '../../domain/escalation/roster.ts';
import { followSteps, holds, type EscalationStep } from '../../domain/escalation/steps.ts';
import { currentClock, generationOf } from '../../domain/incidents/clocks.ts';
import type { IncidentEvent } from '../../domain/incidents/events.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { OutboxMessage } from '../ports/outbox.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { callPeople, rosterOf } from './call-people.ts';
import { messagesTo } from './messages.ts';

export interface Changed {
  readonly before: Incident | undefined;
  readonly after: Incident;
  readonly events: readonly IncidentEvent[];
}

export interface Escalation {
  readonly steps: readonly EscalationStep[];
  readonly messages: readonly OutboxMessage[];
  /** Lines of the audit by incident. */
  readonly events: ReadonlyMap<string, readonly IncidentEvent[]>;
}

/** Events after which a story calls the same people as before. */
const changesNothing: ReadonlySet<IncidentEvent['action']> = new Set([
  'mention_added',
  'mention_changed',
  'severity_changed',
  'sentiment_restated',
  'escalated',
]);
const none: Escalation = { steps: [], messages: [], events: new Map() };

export async function escalate(tx: StoreTx, changes: readonly Changed[]): Promise<Escalation> {
  const concerned = changes.filter(({ before, events }) => before === undefined || events.some((e) => !changesNothing.has(e.action)));
  if (concerned.length === 0) return none;
  const known = concerned.flatMap(({ before }) => (before === undefined ? [] : [before.id]));
  const [stored, { ladder }, book] = await Promise.all([tx.escalationSteps(known), tx.policies(), rosterOf(tx)]);
  const stepsOf = Map.groupBy(stored, (step) => step.incidentId);

  const steps: EscalationStep[] = [];
  const messages: OutboxMessage[] = [];
  const lines = new Map<string, readonly IncidentEvent[]>();
  for (const change of concerned) {
    const { after } = change;
    const all = new Map((stepsOf.get(after.id) ?? []).map((step) => [nameOf(step), step]));
    const changed = new Map(followSteps({ ...change, steps: [...all.values()], ladder }).map((step) => [nameOf(step), step]));
    for (const [name, step] of changed) all.set(name, step);
    const events: IncidentEvent[] = [];
    for (const step of dueNow(change, [...all.values()])) {
      const at = change.events.at(-1)?.at ?? step.dueAt;
      const called = callPeople(step, after, [...all.values()], book, at);
      const fired: EscalationStep = { ...step, state: 'fired', firedAt: at, people: called.people.map(({ id }) => id) };
      changed.set(nameOf(fired), fired);
      all.set(nameOf(fired), fired);
      messages.push(...called.messages);
      events.push(...called.events);
    }
    messages.push(...withdrawals(change, stepsOf.get(after.id) ?? [], book), ...handedOver(change, book));
    steps.push(...changed.values());
    if (events.length > 0) lines.set(after.id, events);
  }
  return { steps, messages, events: lines };
}

const nameOf = ({ generation, name }: EscalationStep): string => `${generation} ${name}`;

/**
 * Steps that fire in the very change: those at the beginning of the duty, and a breach that no step of the ladder tells at
 * that moment. A breach that a late answer leaves behind is told too: it is a fact people hear of [T7].
 */
function dueNow({ before, after, events }: Changed, steps: readonly EscalationStep[]): readonly EscalationStep[] {
  const generation = generationOf(after);
  const at = events.at(-1)?.at ?? -Infinity;
  const begins = before === undefined || generationOf(before) < generation;
  const first = begins
    ? steps.filter((step) => step.afterMs === 0 && step.state === 'armed' && step.dueAt <= at && holds(step, after))
    : [];
  return [...first, ...events.flatMap((event) => (event.action === 'clock_fired' ? breachStep(after, event, steps) : []))];
}

type Fired = Extract<IncidentEvent, { action: 'clock_fired' }>;

function breachStep(incident: Incident, { at, detail }: Fired, steps: readonly EscalationStep[]): readonly EscalationStep[] {
  const { clock, generation } = detail;
  const name = `breach:${clock}`;
  if (generation !== generationOf(incident)) return [];
  const { dueAt, startedAt } = currentClock(incident, clock);
  const told = steps.some(
    (s) => s.when === 'breached' && s.name !== name && s.generation === generation && s.state === 'armed' && s.dueAt <= dueAt,
  );
  if (clock === 'response' && told) return [];
  const round = (steps.find((step) => step.name === name && step.generation === generation)?.round ?? 0) + 1;
  return [
    {
      ...{ incidentId: incident.id, generation, name, round, when: 'breached', roles: rosterRoles },
      ...{ startedAt, afterMs: dueAt - startedAt, dueAt, state: 'armed', firedAt: at, people: [] },
    },
  ];
}

/** Whoever was told of a breach is told that it was none. */
function withdrawals({ after, events }: Changed, before: readonly EscalationStep[], book: RosterBook): readonly OutboxMessage[] {
  return events.flatMap((event) => {
    if (event.action !== 'breach_overturned') return [];
    const { clock, generation, stepMs } = event.detail;
    const told = before.filter((step) => step.generation === generation && step.firedAt !== null && tellsBreach(step, clock));
    const ids = [...new Set(told.flatMap(({ people }) => people))];
    const people = ids.map((id) => book.person(id)).filter((person) => person !== undefined);
    if (people.length === 0) return [];
    return messagesTo({
      ...{ incident: after, generation, step: 'withdrawn', again: `${clock}${stepMs === undefined ? '' : ` ${event.at}`}` },
      ...{ reason: 'withdrawn', urgency: 'notice', clock, why: [], people, at: event.at },
    });
  });
}

function tellsBreach({ when, name }: EscalationStep, clock: ClockName): boolean {
  if (when !== 'breached') return false;
  return name.startsWith('ladder:') ? clock === 'response' : name === `breach:${clock}`;
}

/** Whoever is handed a story is told. */
function handedOver({ after, events }: Changed, book: RosterBook): readonly OutboxMessage[] {
  return events.flatMap((event) => {
    if (event.action !== 'handed_over' || after.owner !== event.detail.to) return [];
    const person: RosterPerson | undefined = book.named(after.owner);
    return messagesTo({
      ...{ incident: after, generation: generationOf(after), step: 'handed_over', again: String(after.version + 1) },
      ...{ reason: 'opened', urgency: 'alert', people: person === undefined ? [] : [person], at: event.at },
      clock: after.status === 'responded' ? 'disposal' : 'response',
      why: [
        person === undefined ? { code: 'handed_over_unknown', by: event.actor, to: after.owner } : { code: 'handed_over', by: event.actor },
      ],
    });
  });
}
