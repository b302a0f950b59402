/** Merging two stories, and splitting one: both stories change in one transaction, and mentions move between them. */
import type { IncidentCommand } from '../../../shared/incidents/types.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import { forbidden } from '../../domain/incidents/decide-command.ts';
import { decideMerge, unfitTarget } from '../../domain/incidents/decide-merge.ts';
import type { StoryMention } from '../../domain/incidents/decide-mentions.ts';
import { decideSplit } from '../../domain/incidents/decide-split.ts';
import { refuse, type IncidentRefusal } from '../../domain/incidents/refusal.ts';
import { incidentCode, incidentId } from '../../domain/incidents/story.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { incidentBatch } from './batch.ts';
import { speakingReclassification } from './duty-since.ts';
import { carrierOf } from './single-command.ts';
import { mergeSeverity, splitSeverity } from './moved-severity.ts';
import { storyMention } from './story-mention.ts';
import { printsOfOwn } from './telling.ts';

type Command<T extends IncidentCommand['type']> = Extract<IncidentCommand, { type: T }>;

async function refusalOf(tx: StoreTx, incident: Incident, command: IncidentCommand): Promise<IncidentRefusal | null> {
  const carrier = await carrierOf(tx, incident);
  return forbidden(incident, command, carrier && incidentCode(carrier.number));
}

/** Undefined once it is written. */
export async function runMerge(
  tx: StoreTx,
  incident: Incident,
  command: Command<'merge'>,
  at: number,
): Promise<IncidentRefusal | undefined> {
  const named = await tx.incident(command.into);
  // Whoever names a story that was merged itself means the one that carries it on.
  const target = named && ((await carrierOf(tx, named)) ?? named);
  const refusal = (await refusalOf(tx, incident, command)) ?? unfitTarget(incident, target);
  if (refusal !== null) return refusal;
  if (target === undefined) throw new Error('a merge without a target was not refused');
  const count = await tx.moveMembers({ from: incident.id, into: target.id, keys: null });
  const decided = decideMerge(incident, target, { actor: command.actor, at, count });
  const batch = incidentBatch();
  batch.add(incident.id, incident, decided.merged);
  batch.add(target.id, target, decided.target);
  const writeSums = await mergeSeverity(tx, batch, incident, target, at);
  await batch.write(tx);
  await writeSums();
  return undefined;
}

/** Undefined once it is written. */
export async function runSplit(
  tx: StoreTx,
  incident: Incident,
  command: Command<'split'>,
  at: number,
  calendar: Calendar,
): Promise<IncidentRefusal | undefined> {
  const refusal = await refusalOf(tx, incident, command);
  if (refusal !== null) return refusal;
  const keys = [...new Set(command.mentions)];
  const { members, others } = await tx.membersAmong(incident.id, keys);
  const strangers = keys.filter((key) => !members.includes(key));
  if (strangers.length > 0) return refuse('unknown_member', `This story holds no mention ${strangers[0]}.`, 422);
  if (!others) return refuse('nothing_left', 'A split leaves at least one mention behind.', 422);
  const mentions = await storyMentions(tx, keys, calendar);
  if (mentions.length === 0) return refuse('unknown_member', 'Nothing is known of these mentions but their names.', 422);
  const [number] = await tx.takeIncidentNumbers(1);
  if (number === undefined) throw new Error('the store gave no incident number');
  const storyKey = `split ${incident.id} ${incident.version}`;
  const id = incidentId(storyKey);
  const decided = decideSplit(incident, mentions, { actor: command.actor, at, id, storyKey, number });
  const batch = incidentBatch();
  batch.add(incident.id, incident, decided.left);
  batch.add(id, undefined, decided.opened);
  const leaving = await tx.factsByKey('mention', keys);
  const writeSums = await splitSeverity(tx, batch, incident, id, [...leaving.values()], at);
  await batch.write(tx);
  await writeSums();
  await tx.moveMembers({ from: incident.id, into: id, keys });
  await tx.putStoryPrints(printsOfOwn([...leaving.values()], id, await tx.policies(), at));
  return undefined;
}

async function storyMentions(tx: StoreTx, keys: readonly string[], calendar: Calendar): Promise<readonly StoryMention[]> {
  const facts = await tx.factsByKey('mention', keys);
  const { polarity } = await tx.policies();
  return keys.flatMap((key) => {
    const fact = facts.get(key);
    const since = fact && (speakingReclassification(fact)?.receivedAt ?? -Infinity);
    const mention = fact && since !== undefined && storyMention(fact, mentionColumns(fact, calendar, polarity.threshold), since);
    return mention ? [mention] : [];
  });
}
