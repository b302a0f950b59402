/**
 * Mentions of a story turn out to be another one [C3]: they become a story of their own, without any more time. Its clocks
 * count from its own duty, for as long as was promised to the story they leave, and end no later than that story's.
 */
import type { ClockName } from '../../../shared/incidents/types.ts';
import { currentClock } from './clocks.ts';
import { stationsOf, type StoryMention } from './decide-mentions.ts';
import { namedMentions, type IncidentEvent } from './events.ts';
import { incidentCode } from './story.ts';
import type { Incident } from './types.ts';

export interface Split {
  readonly actor: string;
  readonly at: number;
  readonly id: string;
  readonly storyKey: string;
  readonly number: number;
}

/** `mentions` is not empty, all of them are members, and one more member stays behind. */
export function decideSplit(
  original: Incident,
  mentions: readonly StoryMention[],
  { actor, at, id, storyKey, number }: Split,
): { readonly left: readonly IncidentEvent[]; readonly opened: readonly IncidentEvent[] } {
  const first = mentions[0];
  if (first === undefined) throw new Error('a split needs a mention');
  const named = namedMentions(mentions.map(({ key }) => key));
  const duty = mentions.reduce((least, { dutyAt }) => Math.min(least, dutyAt), Infinity);
  const response = deadline(original, 'response', duty);
  const disposal = deadline(original, 'disposal', duty);
  // A duty that began after the deadline passed has no time left at all.
  const startedAt = Math.min(Math.max(duty, currentClock(original, 'response').startedAt), response, disposal);
  const opened: IncidentEvent = {
    action: 'opened',
    at,
    actor,
    detail: {
      id,
      storyKey,
      number,
      title: first.title,
      brand: first.brand,
      storyId: null,
      ...stationsOf(mentions),
      ...named,
      startedAt,
      sla: { responseMs: response - startedAt, disposalMs: disposal - startedAt },
      severity: { ...original.severity, override: null },
      topic: original.topic,
      product: original.product,
      drill: original.drill,
      splitFrom: { id: original.id, code: incidentCode(original.number) },
    },
  };
  return { left: [{ action: 'split', at, actor, detail: { into: id, code: incidentCode(number), ...named } }], opened: [opened] };
}

/** Duties from before the round that runs were answered by closing the one before, so the round's own start bounds them. */
function deadline(original: Incident, name: ClockName, duty: number): number {
  const { startedAt, dueAt, pausedMs } = currentClock(original, name);
  const promised = dueAt - pausedMs - startedAt;
  return Math.min(Math.max(duty, startedAt) + promised, dueAt);
}
