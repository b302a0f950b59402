/** What rules that are tried on the past are given: stored mentions, and what became of stories. */
import type { StoryOutcome } from '../../domain/back-test/sum-up.ts';
import type { Fact } from '../../domain/facts.ts';

export type ReplayPage = readonly {
  /** Publication, UTC ms. */
  readonly at: number;
  readonly fact: Fact;
  /** The incident it belongs to. */
  readonly incidentId: string | null;
}[];

export interface StoryHandling extends StoryOutcome {
  readonly id: string;
}
