/**
 * Messages a story owes to people: rows written in the transaction of their cause [N1], for the dispatcher to send.
 * Their keys make a repeat recognisable [N2].
 */
import type { AlertReason, WhyPart } from '../../../shared/incidents/alert.ts';
import type { ClockName } from '../../../shared/incidents/types.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { alertWords } from '../../domain/alerts/words.ts';
import type { EscalationStep } from '../../domain/escalation/steps.ts';
import { owedClock } from '../../domain/incidents/owed-clock.ts';
import { incidentCode } from '../../domain/incidents/story.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import { contactsOf } from './contacts.ts';
import type { OutboxMessage } from '../ports/outbox.ts';

/** What a message says and to whom. */
export interface Telling {
  readonly incident: Incident;
  readonly generation: number;
  readonly step: string;
  /** Tells apart messages of the same step to the same person; empty for the first. */
  readonly again: string;
  readonly reason: AlertReason;
  readonly urgency: OutboxMessage['urgency'];
  readonly clock: ClockName | null;
  readonly why: readonly WhyPart[];
  readonly people: readonly RosterPerson[];
  readonly at: number;
}

/** One message a person; one to nobody where there is no person, so that it is seen that nobody could be told. */
export function messagesTo(telling: Telling): readonly OutboxMessage[] {
  const { incident, generation, step, again, reason, urgency, clock, why, people, at } = telling;
  const dueAt = incident.clocks.find((c) => c.name === clock && c.generation === generation)?.dueAt ?? null;
  const message = (person: RosterPerson | null): OutboxMessage => ({
    key: `${incident.id} ${generation} ${step}${again === '' ? '' : ` ${again}`} ${person?.id ?? '-'}`,
    incidentId: incident.id,
    ...{ step, urgency, dry: incident.drill, createdAt: at },
    person: person === null ? null : { id: person.id, name: person.name },
    contacts: person === null ? [] : contactsOf(person),
    content: {
      ...{ reason, code: incidentCode(incident.number), title: incident.title, brand: incident.brand, grade: incident.severity.grade },
      ...{ clock, dueAt, owner: incident.owner, why: why.length === 0 ? null : alertWords['zh-CN'].because(why), generation },
      ...(why.length === 0 ? {} : { because: why }),
    },
  });
  return people.length === 0 ? [message(null)] : people.map(message);
}

/** What a step that fires says. */
export function reasonOf({ name, when, afterMs }: Pick<EscalationStep, 'name' | 'when' | 'afterMs'>): AlertReason {
  switch (when) {
    case 'breached':
      return 'breached';
    case 'idle':
      return name === 'nudge' ? 'nudge' : 'unanswered';
    case 'always':
      return 'opened';
    case 'unclaimed':
    case 'unanswered':
      return afterMs === 0 ? 'opened' : when;
  }
}

/** The clock a message is about: of a breach the one that ran out, else the one the story owes. */
export function clockOf({ name, when }: Pick<EscalationStep, 'name' | 'when'>, incident: Incident): ClockName | null {
  if (when !== 'breached') return owedClock(incident)?.name ?? null;
  return name === 'breach:disposal' ? 'disposal' : 'response';
}
