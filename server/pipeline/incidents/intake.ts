/**
 * From mentions to incidents, inside the transaction that folds the mentions: the story is
 * open and its clocks are armed with the commit that made it known, or not at all [T1].
 */
import { decideJoining, decideJudgedAnew, decideOpening, type StoryMention } from '../../domain/incidents/decide-mentions.ts';
import { SYSTEM, type Details, type IncidentEvent } from '../../domain/incidents/events.ts';
import { brandSet } from '../../../shared/text/brand-key.ts';
import { incidentId } from '../../domain/incidents/story.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { MentionColumns } from '../../domain/fact-columns.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { isOwnJudgement } from '../../domain/fold/own-judgement.ts';
import type { MentionChange, MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import { incidentBatch, type IncidentBatch } from './batch.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { incidentsOfStories, joins, memberColumns, needsAnswer, storyKeyOf, storyMention } from './story-mention.ts';
import { dutySince } from './duty-since.ts';
import { storySeverities, type StorySeverities } from './story-severity.ts';

/** Whether the change is a judgement of our own. */
function restatedHere({ before, after }: MentionChange): boolean {
  const own = after.versions.find(isOwnJudgement);
  return own !== undefined && before !== undefined && !before.versions.some((version) => version.version === own.version);
}

/** Reclassified and deleted told apart, with who judged it anew and why where the reclassification says so. */
function whatHappened({ columns, columnsBefore, after }: MentionChange): Pick<Details['mention_changed'], 'what' | 'by' | 'reason'> {
  if (columns.deleted !== columnsBefore?.deleted) return { what: columns.deleted ? 'deleted' : 'put_back' };
  const { by, reason } = standing(after, 'sentiment.reclassified')?.data ?? {};
  return { what: 'reclassified', ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
}

/** What a change of a mention means to the incident that already holds it. A person decides whether it is still a case. */
function changedMember(incident: Incident, change: MentionChange, context: MentionIntakeContext): readonly IncidentEvent[] {
  const { now, policies, rule } = context;
  const { columns, columnsBefore, after } = change;
  const events: IncidentEvent[] = [];
  // What people of the story said restates figures; its audit has one line for all mentions, and it opens nothing.
  if (rule === undefined && restatedHere(change)) return events;
  if (columns.polarity !== columnsBefore?.polarity || columns.deleted !== columnsBefore.deleted) {
    const detail = {
      mention: after.key,
      polarity: columns.polarity,
      deleted: columns.deleted,
      ...(rule && { rule }),
      ...whatHappened(change),
    };
    events.push({ action: 'mention_changed', at: now, actor: SYSTEM, detail });
  }
  // A rule judges every mention there ever was: it re-opens no story that people have closed.
  if (rule !== undefined) return events;
  const mention = storyMention(after, columns, dutySince(change, context));
  if (mention !== undefined && needsAnswer(columns) && !columns.history)
    events.push(...decideJudgedAnew(incident, mention.dutyAt, { now, sla: policies.sla }));
  return events;
}

/** Opens or joins one incident per story; `found` is what the store has of these stories. */
async function openOrJoin(
  tx: StoreTx,
  batch: IncidentBatch,
  stories: ReadonlyMap<string, readonly StoryMention[]>,
  found: ReadonlyMap<string, Incident>,
  severities: StorySeverities,
  context: MentionIntakeContext,
): Promise<void> {
  const { now, policies } = context;
  const openings = [...stories.keys()].filter((key) => !found.has(key)).length;
  const numbers = openings === 0 ? [] : await tx.takeIncidentNumbers(openings);
  let next = 0;
  for (const [key, mentions] of stories) {
    const stored = found.get(key);
    const id = stored?.id ?? incidentId(key);
    batch.addMembers(mentions.map((mention) => joins(id, mention)));
    severities.joined(id, stored, mentions);
    if (stored !== undefined) {
      const incident = batch.state(id) ?? stored;
      batch.add(id, stored, decideJoining(incident, mentions, { now, sla: policies.sla }));
      continue;
    }
    const number = numbers[next++];
    if (number === undefined) throw new Error('the store gave fewer incident numbers than asked for');
    batch.add(id, undefined, decideOpening(mentions, { now, sla: policies.sla, id, storyKey: key, number }));
  }
}

/**
 * Opens, joins and annotates incidents for what a batch did to mentions. Resolves to the parts of screens that may differ
 * now: also when a member's text, reach or deletion changed without a line in the audit. Costs what the batch holds,
 * whatever the size of the stories it touches [T9].
 */
export async function openIncidents(
  tx: StoreTx,
  changes: readonly MentionChange[],
  context: MentionIntakeContext,
): Promise<readonly Touched[]> {
  const own = brandSet(context.policies.brands.own);
  const relevant = changes.filter((change) => own.has(change.columns.brand) || own.has(change.columnsBefore?.brand));
  if (relevant.length === 0) return [];

  const known = relevant.filter((change) => change.before !== undefined).map((change) => change.after.key);
  // A mention stays in the incident it first joined, even when its story is named later: nobody is alarmed twice by it.
  const homes = known.length === 0 ? new Map<string, Incident>() : await tx.incidentsOfMentions(known);

  const batch = incidentBatch();
  const severities = storySeverities(context);
  const stories = new Map<string, StoryMention[]>();
  const joining: { readonly fact: Fact; readonly columns: MentionColumns }[] = [];
  let shown = false;
  for (const change of relevant) {
    const { before, after, columns } = change;
    const home = homes.get(after.key);
    if (home !== undefined) {
      shown = true;
      batch.add(home.id, home, changedMember(batch.state(home.id) ?? home, change, context));
      const was = before && memberColumns(before);
      const is = memberColumns(after);
      if (was && is) batch.addMembers([{ incidentId: home.id, key: after.key, before: was, after: is }]);
      severities.changed(home.id, home, change);
      continue;
    }
    const mention = storyMention(after, columns, dutySince(change, context));
    const key = storyKeyOf(after, columns);
    if (mention === undefined || key === undefined || !own.has(columns.brand) || !needsAnswer(columns) || columns.history) continue;
    joining.push({ fact: after, columns });
    const story = stories.get(key);
    if (story === undefined) stories.set(key, [mention]);
    else story.push(mention);
  }
  if (stories.size > 0) {
    const found = await incidentsOfStories(tx, joining, context.policies.brands.own);
    severities.know(joining.map(({ fact }) => fact));
    await openOrJoin(tx, batch, stories, found, severities, context);
  }
  await severities.decide(tx, batch);
  await batch.write(tx);
  await severities.write(tx);
  const touched = batch.touched();
  return shown && touched.length === 0 ? ['incidentMentions'] : touched;
}
