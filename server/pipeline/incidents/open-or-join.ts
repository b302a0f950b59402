/** What comes of mentions once it is known where they belong: their incidents open, are joined, or are left. */
import type { MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import { decideJoiningDaily, decideLeaving, earlierDeadlines, keptDeadlines } from '../../domain/incidents/decide-daily.ts';
import { decideJoining, decideOpening, type Deadlines } from '../../domain/incidents/decide-mentions.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { StoreTx } from '../ports/transaction.ts';
import type { IncidentBatch } from './batch.ts';
import type { StoryGroup } from './grouping.ts';
import { joins } from './story-mention.ts';
import type { StorySeverities } from './story-severity.ts';

/** Mentions of one incident that go to another one. */
export interface Move {
  readonly from: string;
  readonly into: string;
  readonly keys: readonly string[];
}

/** What a transaction gathers before it is written. */
export interface Gathered {
  readonly batch: IncidentBatch;
  readonly severities: StorySeverities;
}

/** Adds to the batch what happens; resolves to the moves of mentions, to be made once the batch is written. */
export async function openOrJoin(
  tx: StoreTx,
  { batch, severities }: Gathered,
  groups: readonly StoryGroup[],
  context: MentionIntakeContext,
): Promise<readonly Move[]> {
  const openings = groups.filter(({ stored }) => stored === undefined).length;
  const numbers = openings === 0 ? [] : await tx.takeIncidentNumbers(openings);
  let next = 0;
  for (const group of groups) {
    batch.addMembers(group.mentions.map((mention) => joins(group.id, mention)));
    severities.joined(group.id, group.stored, [...group.mentions, ...group.leavers.map(({ mention }) => mention)]);
    for (const { daily, fact } of group.leavers) severities.left(daily.id, daily, fact);
    if (group.stored !== undefined) {
      join(batch, group, group.stored, context);
      continue;
    }
    const number = numbers[next++];
    if (number === undefined) throw new Error('the store gave fewer incident numbers than asked for');
    open(batch, group, number, context);
  }
  return leave(tx, batch, groups, context);
}

const owedOf = ({ leavers }: StoryGroup): Deadlines | undefined =>
  leavers.length === 0 ? undefined : leavers.map(({ owed }) => owed).reduce(earlierDeadlines);

function open(batch: IncidentBatch, group: StoryGroup, number: number, { now, policies }: MentionIntakeContext): void {
  const { id, key, daily, mentions, leavers } = group;
  const all = [...mentions, ...leavers.map(({ mention }) => mention)];
  const owed = owedOf(group);
  // What several tell in their own words is titled by the first of them, whichever came first; a named story by its own.
  if (mentions.every(({ storyId }) => storyId === null)) all.sort((a, b) => a.publishedAt - b.publishedAt);
  const opening = { now, sla: policies.sla, id, storyKey: key, number, ...(daily && { daily }), ...(owed && { noLaterThan: owed }) };
  batch.add(id, undefined, decideOpening(all, opening));
}

function join(batch: IncidentBatch, group: StoryGroup, stored: Incident, { now, policies }: MentionIntakeContext): void {
  const { id, daily, mentions, leavers } = group;
  const all = [...leavers.map(({ mention }) => mention), ...mentions];
  const context = { now, sla: policies.sla };
  const state = batch.state(id) ?? stored;
  batch.add(id, stored, daily === undefined ? decideJoining(state, all, context) : decideJoiningDaily(state, all, context));
  const owed = owedOf(group);
  if (owed !== undefined) batch.add(id, stored, keptDeadlines(batch.state(id) ?? stored, owed, now));
}

/** Scattered complaints that nobody is left in are carried on by the last story that took of them. */
async function leave(
  tx: StoreTx,
  batch: IncidentBatch,
  groups: readonly StoryGroup[],
  { now }: MentionIntakeContext,
): Promise<readonly Move[]> {
  const dailies = new Map<string, { readonly stored: Incident; readonly moves: Move[] }>();
  for (const { id, leavers } of groups) {
    for (const { daily, mention } of leavers) {
      const from = dailies.get(daily.id) ?? { stored: daily, moves: [] };
      dailies.set(daily.id, from);
      const move = from.moves.find(({ into }) => into === id);
      if (move === undefined) from.moves.push({ from: daily.id, into: id, keys: [mention.key] });
      else from.moves.splice(from.moves.indexOf(move), 1, { ...move, keys: [...move.keys, mention.key] });
    }
  }
  for (const { stored, moves } of dailies.values()) {
    const joined = groups.some(({ id, mentions }) => id === stored.id && mentions.length > 0);
    const keys = moves.flatMap((move) => move.keys);
    const left = joined || (await tx.membersAmong(stored.id, keys)).others;
    for (const [i, { into, keys: some }] of moves.entries()) {
      const target = batch.state(into);
      if (target === undefined) throw new Error(`nothing happened to ${into}, which mentions move into`);
      batch.add(stored.id, stored, decideLeaving(stored, { at: now, keys: some, into: target, whole: !left && i === moves.length - 1 }));
    }
  }
  return [...dailies.values()].flatMap(({ moves }) => moves);
}
