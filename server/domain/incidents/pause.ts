/**
 * A pause of the disposal clock: it waits for something outside the team, such as a laboratory. The deadline moves by the
 * whole of the pause when it begins, and comes back when it ends early, so that a deadline is a stored instant at every
 * moment [T1] and a pause whose end nobody writes down still ends at its cap.
 */
import { brandKey } from '../../../shared/text/brand-key.ts';
import { currentClock, generationOf } from './clocks.ts';
import { SYSTEM, type IncidentEvent } from './events.ts';
import { refuse, type IncidentRefusal } from './refusal.ts';
import type { Incident } from './types.ts';

/** How long a round may be paused in all where the policy says nothing. */
export const PAUSE_MAX_MS = 86_400_000;

interface Pausing {
  readonly actor: string;
  readonly secondActor: string;
  readonly reason: string;
}

export function decidePause(
  incident: Incident,
  { actor, secondActor, reason }: Pausing,
  context: { readonly at: number; readonly pauseMaxMs: number },
): readonly IncidentEvent[] | IncidentRefusal {
  const { at, pauseMaxMs } = context;
  // Names are compared as people read them, so that a space or a capital letter makes no second person.
  if (brandKey(actor) === brandKey(secondActor)) {
    return refuse('same_person', 'A pause needs a second person: secondActor is the actor.', 422);
  }
  const { state, dueAt, pausedMs } = currentClock(incident, 'disposal');
  if (state !== 'armed' || at > dueAt) return refuse('not_running', 'Only a running disposal clock can be paused.');
  const left = pauseMaxMs - pausedMs;
  if (left <= 0) return refuse('pause_used_up', 'This round has been paused for as long as the policy allows.');
  const detail = { generation: generationOf(incident), reason, secondActor, until: at + left, from: dueAt, to: dueAt + left };
  return [{ action: 'paused', at, actor, detail }];
}

/** A pause ends at `at`, or at its cap where that came first; nothing where none runs. */
export function endOfPause(incident: Incident, actor: string, at: number): readonly IncidentEvent[] {
  const { pause } = incident;
  if (pause === null) return [];
  const { dueAt } = currentClock(incident, 'disposal');
  // A request that arrived before the pause began, and is decided after it, ends it where it began.
  const end = Math.max(pause.since, Math.min(at, pause.until));
  const early = end < pause.until;
  const detail = { generation: generationOf(incident), early, from: dueAt, to: dueAt - (pause.until - end) };
  return [{ action: 'resumed', at, actor: early ? actor : SYSTEM, detail }];
}
