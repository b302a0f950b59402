/** Whether a red story was painted in time [SC2]. All instants are UTC ms. */
import { FIRE_BELOW_MS } from '../../../shared/wire/constants.ts';

/** A story nobody has claimed, with its response clock. */
export interface RedStory {
  readonly incidentId: string;
  readonly generation: number;
  readonly openedAt: number;
  readonly startedAt: number;
  readonly dueAt: number;
  /** When a screen painted it first in this generation. */
  readonly paintedAt: number | null;
  /** When the ladder was called because no screen had. */
  readonly calledAt: number | null;
}

/** When the story turned red: at its opening where less than fifteen minutes were left then. */
export function redSince({ dueAt, startedAt, openedAt }: Pick<RedStory, 'dueAt' | 'startedAt' | 'openedAt'>): number {
  return Math.max(dueAt - FIRE_BELOW_MS, startedAt, openedAt);
}

export interface PaintRule {
  readonly budgetMs: number;
  /** Since when there has been a server that could push the story and take a report, and a screen with a name. */
  readonly since: number;
  /** Without a screen that people named, nobody expects anything on a wall. */
  readonly namedScreens: number;
}

/** The budget counts anew from a start of the server: while it was away no screen could report. */
export function isUnshown(story: RedStory, { budgetMs, since, namedScreens }: PaintRule, now: number): boolean {
  if (namedScreens === 0 || story.paintedAt !== null || story.calledAt !== null) return false;
  return now - Math.max(redSince(story), since) >= budgetMs;
}
