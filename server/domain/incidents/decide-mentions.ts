/** What mentions of a story make happen to its incident: open, join, re-open, bring a deadline forward. */
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import { currentClock, generationOf, type Sla } from './clocks.ts';
import { namedMentions, SYSTEM, type IncidentEvent } from './events.ts';
import { DAILY_TITLE } from '../../../shared/incidents/daily-title.ts';
import type { Incident, MemberColumns } from './types.ts';

/** A negative, standing mention of an own brand, as far as an incident cares. Instants UTC ms. */
export interface StoryMention extends MemberColumns {
  /** Fact key. */
  readonly key: string;
  readonly brand: string;
  readonly storyId: string | null;
  readonly title: string;
  /** When it was found, when we had it, and when it was known to be negative and ours. */
  readonly detectedAt: number;
  readonly receivedAt: number;
  readonly classifiedAt: number;
  /** When answering it became a duty, which the clock counts from: never before it was found. */
  readonly dutyAt: number;
  /** The product it names, a sku; absent where it names none. */
  readonly sku?: string;
}

export interface OpeningContext {
  readonly now: number;
  readonly sla: Sla;
  readonly id: string;
  readonly storyKey: string;
  readonly number: number;
  /** Set where a person opens a mention that is history: clocks start at their command, not at the old detection. */
  readonly by?: { readonly actor: string; readonly startedAt: number };
  /** Set where it opens as the scattered complaints of a topic. */
  readonly daily?: { readonly topic: string };
  /** Deadlines of the scattered complaints that some of the mentions leave: a story of its own gets no more time [C3]. */
  readonly noLaterThan?: Deadlines;
}

/** Due instants, UTC ms; Infinity where none runs. */
export interface Deadlines {
  readonly response: number;
  readonly disposal: number;
}

type Station = 'publishedAt' | 'detectedAt' | 'receivedAt' | 'classifiedAt';

function earliest(mentions: readonly StoryMention[], of: Station | 'dutyAt'): number {
  return mentions.reduce((least, mention) => Math.min(least, mention[of]), Infinity);
}

export const stationsOf = (mentions: readonly StoryMention[]): { readonly [S in Station]: number } => ({
  publishedAt: earliest(mentions, 'publishedAt'),
  detectedAt: earliest(mentions, 'detectedAt'),
  receivedAt: earliest(mentions, 'receivedAt'),
  classifiedAt: earliest(mentions, 'classifiedAt'),
});

/** The product most of the mentions name, of equals the one named first; null where none names any. */
function namedMost(mentions: readonly StoryMention[]): string | null {
  const counts = new Map<string, number>();
  for (const { sku } of mentions) if (sku !== undefined) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  let most: string | null = null;
  for (const [sku, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = sku;
  return most;
}

/** The product of a story that had none until `named` came; scattered complaints are of a topic, not of a product. */
export const firstNamed = ({ kind, product }: Incident, named: string | null): { readonly product?: string } =>
  kind === 'daily' || product !== null || named === null ? {} : { product: named };

/** The incident a story opens; `mentions` is not empty and all of one story. */
export function decideOpening(mentions: readonly StoryMention[], context: OpeningContext): readonly IncidentEvent[] {
  const first = mentions[0];
  if (first === undefined) throw new Error('an incident needs a mention to open');
  const { now, sla, id, storyKey, number, by, daily, noLaterThan } = context;
  const detail = {
    id,
    storyKey,
    number,
    title: daily === undefined ? first.title : DAILY_TITLE,
    brand: first.brand,
    storyId: mentions.find(({ storyId: named }) => named !== null)?.storyId ?? null,
    ...stationsOf(mentions),
    ...namedMentions(mentions.map((mention) => mention.key)),
    product: daily === undefined ? namedMost(mentions) : null,
    ...clocksFrom(by?.startedAt ?? earliest(mentions, 'dutyAt'), sla, noLaterThan),
    ...(daily && { kind: 'daily' as const, topic: daily.topic }),
  };
  return [{ action: 'opened', at: by?.startedAt ?? now, actor: by?.actor ?? SYSTEM, detail }];
}

/** What is promised from the duty on, cut at deadlines that ran before; a duty that began after them has no time left at all. */
function clocksFrom(dutyAt: number, sla: Sla, noLaterThan: Deadlines = { response: Infinity, disposal: Infinity }) {
  const response = Math.min(dutyAt + sla.responseMs, noLaterThan.response);
  const disposal = Math.min(dutyAt + sla.disposalMs, noLaterThan.disposal);
  const startedAt = Math.min(dutyAt, response, disposal);
  return { startedAt, sla: { responseMs: response - startedAt, disposalMs: disposal - startedAt } };
}

/**
 * An armed deadline comes forward to what a duty that began earlier demands, and never goes back. Duties from before the
 * story was last closed belong to the generation that was closed.
 */
export function broughtForward(incident: Incident, dutyAt: number, now: number): readonly IncidentEvent[] {
  if (dutyAt <= (incident.resolvedAt ?? -Infinity)) return [];
  const generation = generationOf(incident);
  return (['response', 'disposal'] as const).flatMap((name): readonly IncidentEvent[] => {
    const clock = currentClock(incident, name);
    if (clock.state !== 'armed' || dutyAt >= clock.startedAt) return [];
    const detail = { generation, clock: name, from: clock.dueAt, to: clock.dueAt - (clock.startedAt - dutyAt) };
    return [{ action: 'deadline_moved_earlier', at: now, actor: SYSTEM, detail }];
  });
}

export interface JoiningContext {
  readonly now: number;
  readonly sla: Sla;
  readonly by?: { readonly actor: string; readonly startedAt: number };
}

/**
 * A member that is negative anew: a judgement made after the story was closed was not answered by closing it, so a new
 * generation of clocks runs from it. An open story has its clocks already.
 */
export function decideJudgedAnew(incident: Incident, dutyAt: number, context: JoiningContext): readonly IncidentEvent[] {
  if (!isClosedStatus(incident.status) || dutyAt <= (incident.resolvedAt ?? -Infinity))
    return broughtForward(incident, dutyAt, context.now);
  const detail = { reason: 'new_judgement', generation: generationOf(incident) + 1, startedAt: dutyAt, sla: context.sla };
  return [{ action: 'reopened', at: context.now, actor: SYSTEM, detail }];
}

/**
 * Mentions new to an existing incident. A duty since after it was closed: a new generation of clocks from the earliest
 * such duty. Before: they belong to what was closed and only join. A running later generation ignores duties from before
 * its story was last closed.
 */
export function decideJoining(incident: Incident, mentions: readonly StoryMention[], context: JoiningContext): readonly IncidentEvent[] {
  if (mentions.length === 0) return [];
  const { now, sla, by } = context;
  const at = by?.startedAt ?? now;
  const actor = by?.actor ?? SYSTEM;
  const added: IncidentEvent = {
    action: 'mention_added',
    at,
    actor,
    detail: {
      ...namedMentions(mentions.map((mention) => mention.key)),
      ...stationsOf(mentions),
      ...firstNamed(incident, namedMost(mentions)),
    },
  };
  const closedAt = incident.resolvedAt ?? -Infinity;
  const fresh = mentions.filter((mention) => (by?.startedAt ?? mention.dutyAt) > closedAt);
  if (fresh.length === 0) return [added];
  const startedAt = by?.startedAt ?? earliest(fresh, 'dutyAt');
  if (isClosedStatus(incident.status)) {
    const generation = generationOf(incident) + 1;
    return [added, { action: 'reopened', at, actor, detail: { reason: 'new_mention', generation, startedAt, sla } }];
  }
  return [added, ...broughtForward(incident, startedAt, now)];
}
