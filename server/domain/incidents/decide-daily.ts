/**
 * Scattered complaints (日常零星差评): mentions that nothing joins to a story share one incident, with a clock like any other.
 * A new one always finds a running clock; one that turns out to belong to a story leaves, with its deadline.
 */
import { currentClock, generationOf } from './clocks.ts';
import { broughtForward, decideJoining, type Deadlines, type JoiningContext, type StoryMention } from './decide-mentions.ts';
import { namedMentions, SYSTEM, type IncidentEvent } from './events.ts';
import { incidentCode } from './story.ts';
import type { Clock, Incident } from './types.ts';

/** True while nobody has answered: its mentions wait for the answer, and may still leave. */
export const isUnanswered = ({ status }: Incident): boolean => status === 'open' || status === 'claimed';

/**
 * Mentions new to scattered complaints. An answer was to those that were there: after it, or after a close, a new generation
 * runs from the newcomers' duty, also where that began earlier. While it is unanswered the earliest duty decides.
 */
export function decideJoiningDaily(
  incident: Incident,
  mentions: readonly StoryMention[],
  context: JoiningContext,
): readonly IncidentEvent[] {
  const [added] = decideJoining(incident, mentions, context);
  if (added === undefined) return [];
  const { now, sla } = context;
  const startedAt = mentions.reduce((least, { dutyAt }) => Math.min(least, dutyAt), Infinity);
  if (isUnanswered(incident)) return [added, ...broughtForward({ ...incident, resolvedAt: null }, startedAt, now)];
  const detail = { reason: 'new_mention', generation: generationOf(incident) + 1, startedAt, sla };
  return [added, { action: 'reopened', at: now, actor: SYSTEM, detail }];
}

/** What the scattered complaints still owe, which a mention that leaves them takes along [C3]. */
export function deadlinesOf(daily: Incident): Deadlines {
  const due = ({ state, stoppedAt, dueAt }: Clock): number =>
    state === 'armed' || (state === 'fired' && stoppedAt === null) ? dueAt : Infinity;
  return { response: due(currentClock(daily, 'response')), disposal: due(currentClock(daily, 'disposal')) };
}

/** The earlier of each. */
export function earlierDeadlines(a: Deadlines, b: Deadlines): Deadlines {
  return { response: Math.min(a.response, b.response), disposal: Math.min(a.disposal, b.disposal) };
}

export interface Leaving {
  readonly at: number;
  readonly keys: readonly string[];
  readonly into: Incident;
  /** Nobody stays behind: the story carries all of it on. */
  readonly whole: boolean;
}

/** The lines of the scattered complaints that mentions leave. */
export function decideLeaving(daily: Incident, { at, keys, into, whole }: Leaving): readonly IncidentEvent[] {
  const code = incidentCode(into.number);
  if (whole) return [{ action: 'merged', at, actor: SYSTEM, detail: { into: into.id, code, generation: generationOf(daily) } }];
  return [{ action: 'split', at, actor: SYSTEM, detail: { into: into.id, code, ...namedMentions(keys) } }];
}

/** Deadlines of a story that mentions come to, no later than they had. */
export function keptDeadlines(story: Incident, { response, disposal }: Deadlines, now: number): readonly IncidentEvent[] {
  const due = { response, disposal };
  return (['response', 'disposal'] as const).flatMap((name): readonly IncidentEvent[] => {
    const clock = currentClock(story, name);
    if (clock.state !== 'armed' || due[name] >= clock.dueAt) return [];
    const detail = { generation: clock.generation, clock: name, from: clock.dueAt, to: due[name] };
    return [{ action: 'deadline_moved_earlier', at: now, actor: SYSTEM, detail }];
  });
}
