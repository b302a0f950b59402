/**
 * From mentions to incidents, inside the transaction that folds the mentions: the story is
 * open and its clocks are armed with the commit that made it known, or not at all [T1].
 */
import { isUnanswered } from '../../domain/incidents/decide-daily.ts';
import { decideJudgedAnew } from '../../domain/incidents/decide-mentions.ts';
import { SYSTEM, type Details, type IncidentEvent } from '../../domain/incidents/events.ts';
import { brandSet } from '../../../shared/text/brand-key.ts';
import { incidentId, storyKey } from '../../domain/incidents/story.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { isNews, receivedOtherwise } from '../../domain/fold/detection.ts';
import { isOwnJudgement } from '../../domain/fold/own-judgement.ts';
import type { MentionChange, MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import { incidentBatch } from './batch.ts';
import type { StoryPrintChanges } from '../ports/story-prints.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { memberColumns, needsAnswer, storyMention } from './story-mention.ts';
import { dutySince } from './duty-since.ts';
import { leaverOf, placeMentions, type Joining, type Placed, type StoryGroup } from './grouping.ts';
import { openOrJoin } from './open-or-join.ts';
import { fingerprintOfFact, forgottenBefore } from './telling.ts';
import { notSynthetic, openSynthetic } from './synthetic.ts';
import { storySeverities } from './story-severity.ts';

/** History that no doubt of our own clock makes news: an alert too many is the smaller harm [T8]. */
function tooOld({ columns, after }: MentionChange, { otherwise = [] }: MentionIntakeContext): boolean {
  if (!columns.history) return false;
  const mention = standing(after, 'sentiment.mention');
  return mention === undefined || !otherwise.some((moved) => isNews(receivedOtherwise(mention, moved)));
}

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
  if (mention !== undefined && needsAnswer(columns) && !tooOld(change, context))
    events.push(...decideJudgedAnew(incident, mention.dutyAt, { now, sla: policies.sla }));
  return events;
}

/** A lonely mention that many have come to see is a story of its own, while the complaints it is among wait for an answer. */
function outgrows(home: Incident, change: MentionChange, context: MentionIntakeContext): boolean {
  const { columns, after } = change;
  if (home.kind !== 'daily' || !isUnanswered(home) || !needsAnswer(columns) || tooOld(change, context)) return false;
  return (memberColumns(after)?.reach ?? 0) >= context.policies.grouping.reachFloor;
}

function ownGroup(home: Incident, { after, columns }: MentionChange): StoryGroup | undefined {
  const leaver = leaverOf(home, after);
  if (leaver === undefined || columns.brand === null) return undefined;
  const key = storyKey(columns.brand, null, after.key);
  return { id: incidentId(key), key, stored: undefined, daily: undefined, mentions: [], leavers: [leaver] };
}

/** A lonely mention that others of its kind just came to goes with them. */
function together(groups: readonly StoryGroup[], grown: readonly StoryGroup[]): readonly StoryGroup[] {
  const leaving = new Set(groups.flatMap(({ leavers }) => leavers.map(({ mention }) => mention.key)));
  return [...groups, ...grown.filter(({ leavers }) => leavers.every(({ mention }) => !leaving.has(mention.key)))];
}

/** Whether a lonely mention tells something else now. */
function retold({ before, after }: MentionChange): boolean {
  const was = before && standing(before, 'sentiment.mention')?.data;
  const is = standing(after, 'sentiment.mention')?.data;
  return was?.text !== is?.text || was?.sku !== is?.sku || was?.url !== is?.url;
}

/** What the index of fingerprints learns; undefined when it learns nothing. */
function printChanges(
  placed: Placed['prints'],
  groups: readonly StoryGroup[],
  retoldIn: readonly { readonly fact: Fact; readonly home: Incident }[],
  { now, policies }: MentionIntakeContext,
): StoryPrintChanges | undefined {
  const anew = retoldIn.flatMap(({ fact, home }) => {
    const print = fingerprintOfFact(fact, policies);
    return print === undefined ? [] : [{ print, incidentId: home.id, alone: true }];
  });
  const left = groups.flatMap(({ id, leavers }) => leavers.map(({ mention }) => ({ key: mention.key, incidentId: id })));
  const kept = [...anew, ...placed.kept];
  const dropped = retoldIn.map(({ fact }) => fact.key);
  if (kept.length + left.length + dropped.length + placed.met.length === 0) return undefined;
  return { kept, left, met: placed.met, dropped, before: forgottenBefore(policies, now) };
}
/**
 * Opens, joins and annotates incidents for what a batch did to mentions. Resolves to the parts of screens that may differ
 * now: also when a member's text, reach or deletion changed without a line in the audit. Costs what the batch holds,
 * whatever the size of the stories it touches [T9].
 */
export async function openIncidents(
  tx: StoreTx,
  every: readonly MentionChange[],
  context: MentionIntakeContext,
): Promise<readonly Touched[]> {
  const synthetic = await openSynthetic(tx, every, context);
  const touched = await openReal(tx, notSynthetic(every), context);
  return synthetic ? [...new Set<Touched>([...touched, 'incidents'])] : touched;
}

async function openReal(tx: StoreTx, changes: readonly MentionChange[], context: MentionIntakeContext): Promise<readonly Touched[]> {
  const own = brandSet(context.policies.brands.own);
  const relevant = changes.filter((change) => own.has(change.columns.brand) || own.has(change.columnsBefore?.brand));
  if (relevant.length === 0) return [];

  const known = relevant.filter((change) => change.before !== undefined).map((change) => change.after.key);
  // A mention stays in the incident it first joined, even when its story is named later: nobody is alarmed twice by it.
  const homes = known.length === 0 ? new Map<string, Incident>() : await tx.incidentsOfMentions(known);

  const batch = incidentBatch();
  const severities = storySeverities(context);
  const joining: Joining[] = [];
  const grown: StoryGroup[] = [];
  const told: { readonly fact: Fact; readonly home: Incident }[] = [];
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
      const own = outgrows(home, change, context) ? ownGroup(home, change) : undefined;
      if (own !== undefined) grown.push(own);
      else if (home.kind === 'daily' && retold(change)) told.push({ fact: after, home });
      continue;
    }
    const mention = storyMention(after, columns, dutySince(change, context));
    if (mention === undefined || !own.has(columns.brand) || !needsAnswer(columns)) continue;
    if (tooOld(change, context)) continue;
    joining.push({ fact: after, columns, mention });
  }
  const { groups, prints } = await placeMentions(tx, joining, context);
  const all = together(groups, grown);
  severities.know([...joining.map(({ fact }) => fact), ...all.flatMap(({ leavers }) => leavers.map(({ fact }) => fact))]);
  const moves = await openOrJoin(tx, { batch, severities }, all, context);
  await severities.decide(tx, batch);
  await batch.write(tx);
  await severities.write(tx);
  await Promise.all(moves.map((move) => tx.moveMembers(move)));
  const learnt = printChanges(prints, all, told, context);
  if (learnt !== undefined) await tx.putStoryPrints(learnt);
  const touched = batch.touched();
  return shown && touched.length === 0 ? ['incidentMentions'] : touched;
}
