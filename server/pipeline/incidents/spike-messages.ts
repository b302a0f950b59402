/** Who is told of a spike, once: whoever is on duty and the lead, as the roster says at that moment. */
import { rosterRoles } from '../../../shared/incidents/ladder.ts';
import { calledFor } from '../../domain/escalation/roster.ts';
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import type { OutboxMessage } from '../ports/outbox.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { rosterOf } from './call-people.ts';
import { contactsOf } from './contacts.ts';

/** None where the workspace has no roster: screens say that nobody is called. */
export async function spikeMessages(tx: StoreTx, spike: BrandSpike, at: number): Promise<readonly OutboxMessage[]> {
  const book = await rosterOf(tx);
  if (book.empty) return [];
  const { brand, startedAt, negative, usual } = spike;
  const { people } = calledFor(book, [['duty', 'lead']], rosterRoles, at);
  return people.map(({ id, name, contacts }) => ({
    key: `spike ${brand} ${startedAt} ${id}`,
    incidentId: null,
    step: 'spike',
    urgency: 'alert',
    person: { id, name },
    contacts: contactsOf({ contacts }),
    content: {
      ...{ reason: 'spike', code: null, title: `${brand} ${negative}/h ↑ ${Math.round(usual)}/h`, brand, grade: null },
      ...{ clock: null, dueAt: null, owner: null, why: null, generation: null },
    },
    dry: false,
    createdAt: at,
  }));
}
