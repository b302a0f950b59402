/** The index of fingerprints that grouping asks, in the store, so that every node and every restart sees the same stories. */
import type { Fingerprint } from '../../domain/stories/fingerprint.ts';
import type { KnownPrint } from '../../domain/stories/group.ts';

export interface StoryPrintChanges {
  /** Those to keep, with the incident their mention is in. Of a story the first few are kept, whatever is asked for [T9]. */
  readonly kept: readonly { readonly print: Fingerprint; readonly incidentId: string; readonly alone: boolean }[];
  /** Mentions that left the scattered complaints for a story. */
  readonly left: readonly { readonly key: string; readonly incidentId: string }[];
  /** Prints that were met again, with the newest publication. */
  readonly met: readonly { readonly key: string; readonly at: number }[];
  /** Mentions whose prints are kept no more. */
  readonly dropped: readonly string[];
  /** What was published before this is no story's any more; some of it is removed. UTC ms. */
  readonly before: number;
}

export interface StoryPrintIndex {
  /**
   * For the keys of each mention the prints that share most of them, with where their mentions are now; all of them together,
   * each once. Those of drills are left out.
   */
  similarPrints(mentions: readonly (readonly number[])[]): Promise<readonly KnownPrint[]>;
  putStoryPrints(changes: StoryPrintChanges): Promise<void>;
}
