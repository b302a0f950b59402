/** The store as it was at an earlier moment: the same questions, answered from what had happened by then. */
import type { Board } from '../../../shared/screens/board.ts';
import type { StoreReads } from './reads.ts';
import type { Refusal } from './refusal.ts';

export const knownWhen = ['then', 'now'] as const;
/** Whether facts are taken as they were known at the moment, or as they are known now. */
export type KnownWhen = (typeof knownWhen)[number];

export interface Moment {
  /** UTC ms. */
  readonly at: number;
  readonly known: KnownWhen;
}

/** Thrown by a read that needs what the store keeps only as it is now. */
export class Untold extends Error {
  override readonly name = 'Untold';
  /** The table that is kept only as it is now. */
  readonly table: string;
  constructor(table: string) {
    super(`what ${table} held at an earlier moment is not kept`);
    this.table = table;
  }
}

export interface PastReads {
  /**
   * Runs `work` over the store as it was. All its reads see one state of the store. One moment is worked on at a time, the
   * next ones wait, and none of it runs where the reads of the live screens run.
   */
  at<T>(moment: Moment, work: (reads: StoreReads) => Promise<T>): Promise<T>;
}

export interface BoardQuery {
  readonly view: string;
  /** UTC ms. */
  readonly at: number;
  readonly known: KnownWhen;
}
/** What the wall showed. */
export interface BoardService {
  at(query: BoardQuery): Promise<Board | Refusal>;
}
