/** A step fires: people are looked up in the roster at that moment, and what they are told is written with the step. */
import type { WhyPart } from '../../../shared/incidents/alert.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { rememberedBook } from '../../domain/escalation/remembered-book.ts';
import type { RosterBook } from '../../domain/escalation/roster.ts';
import type { EscalationStep } from '../../domain/escalation/steps.ts';
import { whomToCall, whyCalled } from '../../domain/escalation/whom.ts';
import { SYSTEM, type Details, type IncidentEvent } from '../../domain/incidents/events.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { OutboxMessage } from '../ports/outbox.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { clockOf, messagesTo, reasonOf } from './messages.ts';

const bookOf = rememberedBook();

/** The roster in force, with the channels that people can be reached by. */
export async function rosterOf(tx: StoreTx): Promise<RosterBook> {
  const [roster, channels] = await Promise.all([tx.roster(), tx.channels()]);
  return bookOf(roster, channels);
}

export interface Calling {
  readonly people: readonly RosterPerson[];
  readonly messages: readonly OutboxMessage[];
  /** None while the workspace has no roster at all: that nobody is called is said once, on the screens. */
  readonly events: readonly IncidentEvent[];
}

/** A step that calls before its time: why, for a message and in a word for the audit. */
export interface BeforeItsTime {
  readonly why: WhyPart;
  readonly early: NonNullable<Details['escalated']['early']>;
}

/** `steps`: all of the incident. */
export function callPeople(
  step: EscalationStep,
  incident: Incident,
  steps: readonly EscalationStep[],
  book: RosterBook,
  at: number,
  before?: BeforeItsTime,
): Calling {
  const whom = whomToCall(step, steps, incident.owner, book, at);
  const { people, roles, nobodyFor } = whom;
  const { generation, name, round } = step;
  const messages = messagesTo({
    ...{ incident, generation, step: name, again: round === 1 ? '' : String(round), people, at },
    ...{ reason: reasonOf(step), clock: clockOf(step, incident), why: [...(before === undefined ? [] : [before.why]), ...whyCalled(whom)] },
    urgency: step.when === 'breached' ? 'breach' : 'alert',
  });
  const names = people.map((person) => person.name);
  const detail = {
    ...{ generation, step: name, roles, people: names, nobodyFor, latenessMs: at - step.dueAt },
    ...(before === undefined ? {} : { early: before.early }),
  };
  return { people, messages, events: book.empty && before === undefined ? [] : [{ action: 'escalated', at, actor: SYSTEM, detail }] };
}
