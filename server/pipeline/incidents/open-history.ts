/** A person opens a mention that was too old to open by itself (补录待定): the clock starts at their command. */
import { brandSet } from '../../../shared/text/brand-key.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import { decideJoining, decideOpening } from '../../domain/incidents/decide-mentions.ts';
import { incidentId } from '../../domain/incidents/story.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { CommandOutcome } from './command-answers.ts';
import { incidentBatch } from './batch.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { storySeverities } from './story-severity.ts';
import { printsOfOwn } from './telling.ts';
import { incidentsOfStories, joins, needsAnswer, storyKeyOf, storyMention } from './story-mention.ts';

type Acted = Omit<CommandOutcome, 'subject'>;
const refused = (incident: string | null, status: 404 | 409 | 422, code: string, detail: string): Acted => ({
  incidentId: incident,
  refusal: { status, code, detail },
});

export async function openHistoryMention(
  tx: StoreTx,
  request: { readonly mentionKey: string; readonly actor: string; readonly receivedAt: number },
  calendar: Calendar,
): Promise<Acted> {
  const fact = (await tx.factsByKey('mention', [request.mentionKey])).get(request.mentionKey);
  if (fact === undefined) return refused(null, 404, 'unknown_mention', 'No such mention.');
  const policies = await tx.policies();
  const columns = mentionColumns(fact, calendar, policies.polarity.threshold);
  const mention = storyMention(fact, columns, request.receivedAt);
  const key = storyKeyOf(fact, columns);
  if (mention === undefined || key === undefined || !needsAnswer(columns) || !brandSet(policies.brands.own).has(mention.brand)) {
    return refused(null, 422, 'not_pending', 'Only a negative mention of an own brand that still stands can be opened.');
  }
  const home = (await tx.incidentsOfMentions([mention.key])).get(mention.key);
  if (home !== undefined) return refused(home.id, 409, 'already_open', 'This mention already belongs to an incident.');

  const stored = (await incidentsOfStories(tx, [{ fact, columns }], policies.brands.own)).get(key);
  const context = { now: request.receivedAt, sla: policies.sla, by: { actor: request.actor, startedAt: request.receivedAt } };
  const batch = incidentBatch();
  const id = stored?.id ?? incidentId(key);
  if (stored !== undefined) {
    batch.add(id, stored, decideJoining(stored, [mention], context));
  } else {
    const [number] = await tx.takeIncidentNumbers(1);
    if (number === undefined) throw new Error('the store gave no incident number');
    batch.add(id, undefined, decideOpening([mention], { ...context, id, storyKey: key, number }));
  }
  batch.addMembers([joins(id, mention)]);
  const severities = storySeverities({ now: request.receivedAt, policies });
  severities.know([fact]);
  severities.joined(id, stored, [mention]);
  await severities.decide(tx, batch);
  await batch.write(tx);
  await severities.write(tx);
  await tx.putStoryPrints(printsOfOwn([fact], id, policies, request.receivedAt));
  return { incidentId: id, refusal: null };
}
