/**
 * Where the mentions of a batch belong: in a story the store has, in a story that opens here, or among the scattered
 * complaints of their topic. The store is asked once for what is like any of them, whatever the size of the stories [T9].
 */
import type { MentionColumns } from '../../domain/fact-columns.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import type { MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import { deadlinesOf } from '../../domain/incidents/decide-daily.ts';
import type { Deadlines, StoryMention } from '../../domain/incidents/decide-mentions.ts';
import { currentClock } from '../../domain/incidents/clocks.ts';
import { dailyKey, incidentId, storyKey } from '../../domain/incidents/story.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { Fingerprint } from '../../domain/stories/fingerprint.ts';
import { groupMentions, type Grouping, type Home, type KnownPrint } from '../../domain/stories/group.ts';
import type { StoryPrintChanges } from '../ports/story-prints.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { speakingReclassification } from './duty-since.ts';
import { incidentsOfStories, storyKeyOf, storyMention } from './story-mention.ts';
import { fingerprintOfFact } from './telling.ts';

/** A mention that needs an answer and has no incident yet. */
export interface Joining {
  readonly fact: Fact;
  readonly columns: MentionColumns;
  readonly mention: StoryMention;
}

/** A mention that leaves the scattered complaints it was in. */
export interface Leaver {
  readonly daily: Incident;
  readonly fact: Fact;
  readonly mention: StoryMention;
  /** What the complaints it leaves still owe [C3]. */
  readonly owed: Deadlines;
}

/** Mentions that come to one incident. */
export interface StoryGroup {
  readonly id: string;
  readonly key: string;
  readonly stored: Incident | undefined;
  /** Set for scattered complaints. */
  readonly daily: { readonly topic: string } | undefined;
  readonly mentions: StoryMention[];
  readonly leavers: Leaver[];
}

export interface Placed {
  readonly groups: readonly StoryGroup[];
  readonly prints: Pick<StoryPrintChanges, 'kept' | 'met'>;
}

const nowhere: Placed = { groups: [], prints: { kept: [], met: [] } };

export async function placeMentions(tx: StoreTx, joining: readonly Joining[], context: MentionIntakeContext): Promise<Placed> {
  if (joining.length === 0) return nowhere;
  const { policies } = context;
  const prints = joining.map(({ fact }) => fingerprintOfFact(fact, policies));
  const named = joining.filter(({ columns }) => columns.storyId !== null);
  const namedKeys = new Set(named.flatMap(({ fact, columns }) => storyKeyOf(fact, columns) ?? []));
  askAhead(tx, [...namedKeys].map(incidentId));
  const [known, storiesNamed] = await Promise.all([
    tx.similarPrints(prints.map((print) => print?.keys ?? [])),
    named.length === 0 ? new Map<string, Incident>() : incidentsOfStories(tx, named, policies.brands.own),
  ]);
  const homeOfNamed = ({ fact, columns }: Joining): Home | null => {
    const key = columns.storyId === null ? undefined : storyKeyOf(fact, columns);
    if (key === undefined) return null;
    const stored = storiesNamed.get(key);
    return stored === undefined ? { in: 'story', key } : { in: 'incident', id: stored.id };
  };
  const newcomers = joining.flatMap((one, i) => {
    const print = prints[i];
    return print === undefined ? [] : [{ one, newcomer: { print, named: homeOfNamed(one), reach: one.mention.reach } }];
  });
  const rules = { policy: policies.grouping, ownKey: (key: string) => storyKey('', null, key) };
  const grouping = groupMentions(
    newcomers.map(({ newcomer }) => newcomer),
    known,
    rules,
  );
  const stored = { incidents: [...storiesNamed.values()], namedKeys };
  const groups = await groupsFor(tx, grouping, { stored, sla: policies.sla }, newcomers);
  return { groups: groups.all, prints: printsOf(grouping, newcomers, groups.of) };
}

interface Placing {
  readonly one: Joining;
  readonly newcomer: { readonly print: Fingerprint };
}
/** The incidents of the stories that sources named, and the keys of all that were named: the others are not stored. */
interface StoredStories {
  readonly incidents: readonly Incident[];
  readonly namedKeys: ReadonlySet<string>;
}
type GroupOf = (home: Home, topic: string, mention: Pick<StoryMention, 'brand' | 'dutyAt'>) => StoryGroup;

async function groupsFor(
  tx: StoreTx,
  grouping: Grouping,
  { stored, sla }: { readonly stored: StoredStories; readonly sla: { readonly responseMs: number } },
  newcomers: readonly Placing[],
): Promise<{ readonly all: readonly StoryGroup[]; readonly of: GroupOf }> {
  const keyOf = (home: Home, topic: string, { brand, dutyAt }: Pick<StoryMention, 'brand' | 'dutyAt'>): string | null =>
    home.in === 'incident' ? null : home.in === 'story' ? home.key : dailyKey(brand, topic, dutyAt, sla.responseMs);
  const homes = newcomers.map(({ one, newcomer }, i) => ({
    home: grouping.homes[i] ?? none,
    topic: newcomer.print.topic,
    mention: one.mention,
  }));
  const leavers = await leaversOf(tx, grouping.leaving);

  const wanted = [...homes.map(({ home }) => home), ...leavers.map(({ home }) => home)];
  const known = new Map(stored.incidents.map((incident) => [incident.id, incident]));
  const ids = [...new Set(wanted.flatMap((home) => (home.in === 'incident' && !known.has(home.id) ? [home.id] : [])))];
  const keys = [...new Set(homes.flatMap(({ home, topic, mention }) => keyOf(home, topic, mention) ?? []))];
  const unknownKeys = keys.filter((key) => !stored.namedKeys.has(key));
  askAhead(tx, [...ids, ...unknownKeys.map(incidentId)]);
  const [byId, byKey] = await Promise.all([
    ids.length === 0 ? nothingStored : tx.incidentsById(ids),
    unknownKeys.length === 0 ? nothingStored : tx.incidentsByStory(unknownKeys),
  ]);
  for (const [id, incident] of byId) known.set(id, incident);

  const groups = new Map<string, StoryGroup>();
  const of: GroupOf = (home, topic, mention) => {
    const key = keyOf(home, topic, mention);
    const incident = home.in === 'incident' ? known.get(home.id) : byKey.get(key ?? '');
    const id = incident?.id ?? incidentId(key ?? '');
    const group = groups.get(id) ?? {
      id,
      key: incident?.storyKey ?? key ?? '',
      stored: incident,
      daily: home.in === 'daily' ? { topic } : undefined,
      mentions: [],
      leavers: [],
    };
    groups.set(id, group);
    return group;
  };
  for (const { home, topic, mention } of homes) of(home, topic, mention).mentions.push(mention);
  for (const { home, topic, leaver } of leavers) of(home, topic, leaver.mention).leavers.push(leaver);
  return { all: [...groups.values()], of };
}
const none: Home = { in: 'daily' };
const nothingStored: ReadonlyMap<string, Incident> = new Map();

/**
 * Asks for what follows once it is known which stories open or are joined, together with the questions about them: each
 * wait for the store is felt by a single mention. A story that was merged, or renamed by an older program, has another id than its key gives; its
 * sums are asked for later.
 */
function askAhead(tx: StoreTx, incidentIds: readonly string[]): void {
  const ahead = [
    tx.latestSpikes(),
    tx.roster(),
    tx.channels(),
    tx.incidentNumber(),
    ...(incidentIds.length === 0 ? [] : [tx.severityCounters(incidentIds)]),
  ];
  // Whoever needs an answer asks again and hears what failed.
  for (const answer of ahead) answer.catch(() => undefined);
}

/** Mentions that leave scattered complaints, with their facts; `dutyAt` never before their complaints' clock began. */
async function leaversOf(
  tx: StoreTx,
  leaving: Grouping['leaving'],
): Promise<readonly { readonly home: Home; readonly topic: string; readonly leaver: Leaver }[]> {
  if (leaving.length === 0) return [];
  const facts = await tx.factsByKey(
    'mention',
    leaving.map(({ known }) => known.print.key),
  );
  const dailies = new Map<string, Incident>();
  const ids = new Set(leaving.map(({ known }) => known.incidentId));
  for (const incident of await Promise.all([...ids].map((id) => tx.incident(id)))) if (incident) dailies.set(incident.id, incident);
  return leaving.flatMap(({ known, home }: { readonly known: KnownPrint; readonly home: Home }) => {
    const fact = facts.get(known.print.key);
    const daily = dailies.get(known.incidentId);
    const leaver = fact && daily && leaverOf(daily, fact);
    return leaver ? [{ home, topic: known.print.topic, leaver }] : [];
  });
}

export function leaverOf(daily: Incident, fact: Fact): Leaver | undefined {
  const data = standing(fact, 'sentiment.mention')?.data;
  if (data === undefined) return undefined;
  const since = speakingReclassification(fact)?.receivedAt ?? -Infinity;
  const mention = storyMention(fact, { brand: data.brand, storyId: data.storyId ?? null }, since);
  if (mention === undefined) return undefined;
  const dutyAt = Math.max(mention.dutyAt, currentClock(daily, 'response').startedAt);
  return { daily, fact, mention: { ...mention, dutyAt }, owed: deadlinesOf(daily) };
}

function printsOf(grouping: Grouping, newcomers: readonly Placing[], of: GroupOf): Placed['prints'] {
  const mentions = new Map(newcomers.map(({ one }) => [one.mention.key, one.mention]));
  return {
    kept: grouping.kept.flatMap(({ print, home }) => {
      const mention = mentions.get(print.key);
      return mention === undefined ? [] : [{ print, incidentId: of(home, print.topic, mention).id, alone: home.in === 'daily' }];
    }),
    met: grouping.met,
  };
}
