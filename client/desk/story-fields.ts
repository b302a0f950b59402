/** What the desk reads off a story to order, filter and name it. Pure. */
import type { ClockView, IncidentView } from '../../shared/incidents/types.ts';
import type { Grade } from '../../shared/incidents/grades.ts';
import { isClosedStatus } from '../../shared/incidents/status.ts';
import type { DeskWords } from '../i18n/desk/use-desk-words.ts';
import { urgencyAt, type Urgency } from '../state/urgency.ts';
import { nextClock } from './next-clock.ts';

export type Story = IncidentView;
export const gradeOf = (story: Story): Grade => story.severity.grade;

export const isClosed = ({ status }: Pick<IncidentView, 'status'>): boolean => isClosedStatus(status);

export function urgencyOf(story: Story, now: number): Urgency {
  const clock = nextClock(story);
  return clock === null ? 'calm' : clockUrgency(clock, now);
}

export function clockUrgency(clock: ClockView, now: number): Urgency {
  return urgencyAt({ dueAt: clock.dueAt, breachedAt: clock.state === 'fired' ? clock.firedAt : null }, now);
}

/** How often the story was opened: 1, and one more with each re-opening. */
export function roundOf(story: Story): number {
  return story.generation;
}

/** True if a clock of the round before was breached. */
export function lateBefore(story: Story): boolean {
  const round = roundOf(story);
  return story.clocks.some((clock) => clock.generation === round - 1 && clock.firedAt !== null);
}

export interface Taken {
  /** From the beginning of the duty to the answer, ms. */
  readonly ms: number;
  readonly late: boolean;
  /** The time that was allowed, ms. */
  readonly allowed: number;
  readonly at: number;
  /** Of a story that a person opened from history: its clock began with that command, so how fast the answer came says nothing. */
  readonly fromHistory: boolean;
}

const HISTORY_MS = 86_400_000;
/** Nothing takes no time. */
const SHORTEST_MS = 1_000;

/** Its mentions came more than a day after they were found, and its first clock began when it was opened, as only a person does. */
function openedFromHistory({ openedAt, hops, clocks }: Story): boolean {
  return hops.receivedAt - hops.detectedAt > HISTORY_MS && clocks.some((clock) => clock.generation === 1 && clock.startedAt === openedAt);
}

/** The lists of a long queue ask for the same stories again and again. */
const taken = new WeakMap<Story, Taken | null>();

/** The time that the newest answer took; null if there was none. */
export function takenBy(story: Story): Taken | null {
  const before = taken.get(story);
  if (before !== undefined) return before;
  const found = newestAnswer(story);
  taken.set(story, found);
  return found;
}

/** The time an answer took in words, where that says anything; a late one says by how much. */
export function takenWords({ ms, late, allowed, fromHistory }: Taken, { t, exactAge }: Pick<DeskWords, 't' | 'exactAge'>): string {
  if (late) return t('pr.late', { age: exactAge(ms - allowed) });
  return fromHistory ? t('pr.fromHistory') : t('pr.took', { age: exactAge(Math.max(SHORTEST_MS, ms)) });
}

function newestAnswer(story: Story): Taken | null {
  const answered = story.clocks.filter((clock) => clock.name === 'response' && clock.stoppedAt !== null && clock.state !== 'void');
  const clock = answered.toSorted((a, b) => b.generation - a.generation)[0];
  if (!clock || clock.stoppedAt === null) return null;
  return {
    ms: Math.max(0, clock.stoppedAt - clock.startedAt),
    late: clock.stoppedAt > clock.dueAt,
    allowed: clock.dueAt - clock.startedAt,
    at: clock.stoppedAt,
    fromHistory: clock.generation === 1 && openedFromHistory(story),
  };
}
