/**
 * Incidents a transaction works on: what happens to each is gathered in memory, so that
 * one incident is written once however many mentions of a batch touch it.
 */
import { changeOf, evolve } from '../../domain/incidents/evolve.ts';
import type { IncidentEvent } from '../../domain/incidents/events.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import { messagesOf } from './messages.ts';
import type { StoreTx } from '../ports/transaction.ts';

interface Work {
  readonly before: Incident | undefined;
  now: Incident;
  readonly happenings: IncidentEvent[];
}

export interface IncidentBatch {
  /** The incident as it stands with everything added so far; undefined when nothing was ever added. */
  state(id: string): Incident | undefined;
  /** Adds what happened to `before` (the stored state; undefined = it opens here). No happenings change nothing. */
  add(id: string, before: Incident | undefined, happenings: readonly IncidentEvent[]): void;
  /** Writes incidents, audit lines and messages [N1]; false when there was nothing to write. */
  write(tx: StoreTx): Promise<boolean>;
}

export function incidentBatch(): IncidentBatch {
  const works = new Map<string, Work>();
  return {
    state: (id) => works.get(id)?.now,
    add(id, before, happenings) {
      for (const happening of happenings) {
        const work = works.get(id);
        if (work === undefined) {
          works.set(id, { before, now: evolve(before, happening), happenings: [happening] });
        } else {
          work.now = evolve(work.now, happening);
          work.happenings.push(happening);
        }
      }
    },
    async write(tx) {
      const changes = [...works.values()].flatMap((work) => {
        const change = changeOf(work.before, work.happenings);
        return change === undefined ? [] : [{ change, messages: messagesOf(change, work.happenings) }];
      });
      if (changes.length === 0) return false;
      await tx.putIncidents(changes.map((c) => c.change));
      const messages = changes.flatMap((c) => c.messages);
      if (messages.length > 0) await tx.putOutbox(messages);
      return true;
    },
  };
}
