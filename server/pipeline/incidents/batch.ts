/**
 * Incidents a transaction works on: what happens to each is gathered in memory, so that
 * one incident is written once however many mentions of a batch touch it.
 */
import type { IncidentEvent } from '../../domain/incidents/events.ts';
import { changeOf, evolve } from '../../domain/incidents/evolve.ts';
import type { Incident, MemberChange } from '../../domain/incidents/types.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { escalate } from './escalation.ts';

interface Work {
  readonly before: Incident | undefined;
  now: Incident;
  readonly events: IncidentEvent[];
}

export interface IncidentBatch {
  /** The incident as it stands with everything added so far; undefined when nothing was ever added. */
  state(id: string): Incident | undefined;
  /** Adds what happened to `before` (the stored state; undefined = it opens here). No events change nothing. */
  add(id: string, before: Incident | undefined, events: readonly IncidentEvent[]): void;
  /** Adds a change of severity; a story that opens here opens with it, so that its first line says how grave it is. */
  addSeverity(id: string, before: Incident | undefined, events: readonly IncidentEvent[]): void;
  /** Adds mentions that join, and members that changed what they add to figures. */
  addMembers(members: readonly MemberChange[]): void;
  /** Which parts of screens may differ once this is written; empty when there is nothing to write. */
  touched(): readonly Touched[];
  /** Writes incidents, their members, audit lines and messages [N1]; false when there was nothing to write. */
  write(tx: StoreTx): Promise<boolean>;
}

/** True of what changes the mentions of a story or its score, and neither its state, a clock nor its grade. */
function isOfMentions(event: IncidentEvent): boolean {
  if (event.action === 'severity_changed') return event.detail.was === event.detail.severity.grade;
  return event.action === 'mention_added' || event.action === 'mention_changed';
}

export function incidentBatch(): IncidentBatch {
  const works = new Map<string, Work>();
  const members: MemberChange[] = [];

  function add(id: string, before: Incident | undefined, events: readonly IncidentEvent[]): void {
    for (const event of events) {
      const work = works.get(id);
      if (work === undefined) {
        works.set(id, { before, now: evolve(before, event), events: [event] });
      } else {
        work.now = evolve(work.now, event);
        work.events.push(event);
      }
    }
  }

  return {
    state: (id) => works.get(id)?.now,
    add,
    addSeverity(id, before, events) {
      for (const event of events) {
        const work = works.get(id);
        const opening = work?.events[0];
        if (work === undefined || opening?.action !== 'opened' || event.action !== 'severity_changed') {
          add(id, before, [event]);
          continue;
        }
        const { severity, topic } = event.detail;
        work.events[0] = { ...opening, detail: { ...opening.detail, severity, topic } };
        work.now = work.events.slice(1).reduce<Incident>((state, one) => evolve(state, one), evolve(undefined, work.events[0]));
      }
    },
    addMembers(changed) {
      members.push(...changed);
    },
    touched() {
      if ([...works.values()].some(({ events }) => events.some((event) => !isOfMentions(event)))) return ['incidents'];
      return works.size > 0 || members.length > 0 ? ['incidentMentions'] : [];
    },
    async write(tx) {
      const { steps, messages, events } = await escalate(
        tx,
        [...works.values()].map(({ before, now: after, events }) => ({ before, after, events })),
      );
      const changes = [...works].flatMap(([id, { before, events: own }]) => changeOf(before, [...own, ...(events.get(id) ?? [])]) ?? []);
      if (changes.length === 0 && members.length === 0) return false;
      if (changes.length > 0) await tx.putIncidents(changes);
      if (members.length > 0) await tx.putMembers(members);
      if (steps.length > 0) await tx.putEscalationSteps(steps);
      if (messages.length > 0) await tx.putOutbox(messages);
      return true;
    },
  };
}
