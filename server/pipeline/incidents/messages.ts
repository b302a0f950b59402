/**
 * Messages an incident's change owes to people: rows written in the same transaction [N1], for the dispatcher to send.
 * Their keys make a repeat recognisable [N2].
 */
import type { AlertReason } from '../../../shared/incidents/alert.ts';
import type { ClockName } from '../../../shared/incidents/types.ts';
import { incidentCode } from '../../domain/incidents/story.ts';
import type { IncidentEvent } from '../../domain/incidents/events.ts';
import type { IncidentChange } from '../../domain/incidents/types.ts';
import type { OutboxMessage } from '../ports/outbox.ts';

export function messagesOf(change: IncidentChange, events: readonly IncidentEvent[]): readonly OutboxMessage[] {
  const { incident } = change;
  const message = (
    about: { reason: AlertReason; generation: number; step: string; clock: ClockName; urgency: OutboxMessage['urgency'] },
    key: string,
    createdAt: number,
  ): OutboxMessage => {
    const { reason, generation, step, clock, urgency } = about;
    const dueAt = incident.clocks.find((c) => c.name === clock && c.generation === generation)?.dueAt ?? null;
    return {
      ...{ key, incidentId: incident.id, step, urgency, person: null, contacts: [], dry: false, createdAt },
      content: {
        ...{ reason, code: incidentCode(incident.number), title: incident.title, brand: incident.brand, grade: null },
        ...{ clock, dueAt, owner: incident.owner, why: null, generation },
      },
    };
  };
  return events.flatMap((event): readonly OutboxMessage[] => {
    const { at } = event;
    switch (event.action) {
      case 'opened':
      case 'reopened': {
        const generation = event.action === 'opened' ? 1 : event.detail.generation;
        const about = { reason: 'opened', generation, step: 'opened', clock: 'response', urgency: 'alert' } as const;
        return [message(about, `${incident.id} - ${generation} opened`, at)];
      }
      case 'clock_fired': {
        const { clock, generation, again } = event.detail;
        const about = { reason: 'breached', generation, step: `breach:${clock}`, clock, urgency: 'breach' } as const;
        // A breach after one that was overturned is another message.
        return [message(about, `${incident.id} ${clock} ${generation} breach${again ? ` ${at}` : ''}`, at)];
      }
      case 'breach_overturned': {
        const { clock, generation, stepMs } = event.detail;
        const about = { reason: 'withdrawn', generation, step: 'withdrawn', clock, urgency: 'notice' } as const;
        return [message(about, `${incident.id} ${clock} ${generation} withdrawn${stepMs === undefined ? '' : ` ${at}`}`, at)];
      }
      default:
        return [];
    }
  });
}
