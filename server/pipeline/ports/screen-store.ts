/** What the store keeps of the screens on the walls, and of which red stories they painted. Instants are UTC ms. */
import type { PaintReport } from '../../../shared/screens/screen-report.ts';
import type { RedStory } from '../../domain/screens/unshown.ts';

/** What is kept of a report; the name belongs to the screen. */
export type KeptReport = Omit<PaintReport, 'name'>;

export interface ScreenRow {
  readonly id: string;
  readonly name: string | null;
  readonly registeredAt: number;
  readonly seenAt: number;
  /** null before the first one. */
  readonly report: KeptReport | null;
}

/** A generation of a story. */
export interface StoryRound {
  readonly incidentId: string;
  readonly generation: number;
}

export interface ScreenTx {
  /** Adds screens, or replaces those of the same id. */
  putScreens(rows: readonly ScreenRow[]): Promise<void>;
  forgetScreens(ids: readonly string[]): Promise<void>;
  /** Keeps when a screen painted the story first; what is kept already stays. */
  putPainted(story: StoryRound, screenId: string, at: number): Promise<void>;
  /** Keeps that the ladder is called for the story; false where a screen has painted it or the ladder was called before. */
  takeEarlyCall(story: StoryRound, at: number): Promise<boolean>;
}

export interface ScreenReads {
  /** In the order they were registered. */
  screens(): Promise<readonly ScreenRow[]>;
  /** Open stories nobody has claimed whose answer is due before `before`, UTC ms, by their deadline; the watchdog's are left out. */
  redStories(before: number): Promise<readonly (RedStory & { readonly number: number; readonly title: string })[]>;
}
