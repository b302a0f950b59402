/**
 * Messages an incident's change owes to people outside: rows written in the same transaction [N1],
 * for channels to send. Their keys make a repeat recognisable [N2].
 */
import { incidentCode } from '../../domain/incidents/story.ts';
import type { IncidentEvent } from '../../domain/incidents/events.ts';
import type { IncidentChange } from '../../domain/incidents/types.ts';
import type { OutboxMessage } from '../ports/transaction.ts';

export function messagesOf(change: IncidentChange, events: readonly IncidentEvent[]): readonly OutboxMessage[] {
  const { incident } = change;
  const about = { incidentId: incident.id, code: incidentCode(incident.number), title: incident.title, brand: incident.brand };
  return events.flatMap((event): readonly OutboxMessage[] => {
    const createdAt = event.at;
    switch (event.action) {
      case 'opened':
      case 'reopened': {
        const generation = event.action === 'opened' ? 1 : event.detail.generation;
        const due = incident.clocks.filter((c) => c.generation === generation).map((c) => [c.name, c.dueAt] as const);
        const payload = { ...about, generation, dueAt: Object.fromEntries(due) };
        return [{ key: `${incident.id} - ${generation} opened`, kind: 'incident_opened', payload, createdAt }];
      }
      case 'clock_fired':
      case 'breach_overturned': {
        const { clock, generation } = event.detail;
        const kind = event.action;
        // A breach after one that was overturned is another message, and so is its withdrawal.
        const again = event.action === 'clock_fired' && event.detail.again ? ` ${createdAt}` : '';
        const withdrawn = event.action === 'breach_overturned' && event.detail.stepMs !== undefined ? ` ${createdAt}` : '';
        const step = kind === 'clock_fired' ? `breach${again}` : `withdrawn${withdrawn}`;
        return [{ key: `${incident.id} ${clock} ${generation} ${step}`, kind, payload: { ...about, ...event.detail }, createdAt }];
      }
      default:
        return [];
    }
  });
}
