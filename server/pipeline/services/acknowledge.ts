/**
 * Claiming from a chat: a link that is bound to one incident and one person. Looking at it changes nothing; the claim is the
 * ordinary command, and its id is made of the link, so that pressing twice claims once.
 */
import type { IncidentDetail } from '../../../shared/incidents/types.ts';
import type { AckState } from '../../domain/alerts/words.ts';
import type { AckLinks, AckReading } from '../ports/channels.ts';
import type { Commit } from '../ports/commit.ts';
import { isRefusal } from '../ports/refusal.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { AckAnswer, AcknowledgeService, IncidentService } from './services.ts';

export interface AcknowledgeParts {
  readonly links: AckLinks;
  readonly reads: Pick<StoreReads, 'ackUsed'>;
  readonly commit: Commit;
  readonly incidents: Pick<IncidentService, 'get' | 'command'>;
}

/** Somebody else may act on the incident at the same moment. */
const MOST_TRIES = 3;

export function createAcknowledgeService({ links, reads, commit, incidents }: AcknowledgeParts): AcknowledgeService {
  const answer = (state: AckState, incident?: IncidentDetail, name = ''): AckAnswer => ({
    state,
    name,
    code: incident?.code ?? '',
    incidentId: incident?.id ?? null,
  });

  async function present(reading: AckReading): Promise<AckAnswer & { readonly incident?: IncidentDetail }> {
    if (reading.state === 'wrong') return answer('wrong');
    const { name } = reading.person;
    const incident = await incidents.get(reading.incidentId);
    if (!incident) return answer('foreign', undefined, name);
    if (reading.state === 'expired') return answer('expired', incident, name);
    if (incident.status === 'claimed' && incident.owner === name) return answer('yours', incident, name);
    if (await reads.ackUsed(reading.link)) return answer('used', incident, name);
    switch (incident.status) {
      case 'open':
        return { ...answer('ready', incident, name), incident };
      case 'claimed':
        return answer('taken', incident, incident.owner ?? '');
      case 'responded':
        return answer('answered', incident, incident.owner ?? '');
      default:
        return answer('closed', incident, name);
    }
  }

  return {
    async look(token, now) {
      const { state, code, name, incidentId } = await present(links.read(token, now));
      return { state, code, name, incidentId };
    },
    async claim(token, receivedAt) {
      const reading = links.read(token, receivedAt);
      for (let tries = 1; ; tries++) {
        const { incident, ...seen } = await present(reading);
        if (!incident || reading.state !== 'valid') {
          if (seen.state === 'yours' && reading.state === 'valid') await markUsed(reading, receivedAt);
          return seen;
        }
        const { link, person } = reading;
        const commandId = tries === 1 ? `ack ${link}` : `ack ${link} ${incident.version}`;
        const command = { commandId, expectedVersion: incident.version, actor: person.name, type: 'claim' as const };
        const after = await incidents.command(incident.id, command, receivedAt);
        if (!isRefusal(after)) {
          await markUsed(reading, receivedAt);
          // The answer of an earlier press: since then the incident went on without this person.
          return after.owner === person.name ? answer('done', after, person.name) : answer('used', after, person.name);
        }
        if (tries === MOST_TRIES) return { ...seen, state: 'failed' };
      }
    },
  };

  async function markUsed(reading: Extract<AckReading, { link: string }>, at: number): Promise<void> {
    const { link, incidentId, person } = reading;
    await commit((tx) => tx.useAckLink({ link, incidentId, person: person.name, at }));
  }
}
