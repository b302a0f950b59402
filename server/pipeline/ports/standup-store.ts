/** What the store keeps of the stand-up: promises, items that wait for a department, and who said what when. */
import type { ItemDetail, PromiseDetail, StandupItem, StandupLine, StandupPromise, StandupSubject } from '../../../shared/standup/types.ts';

/** A line with what it is about. */
export interface SaidLine extends StandupLine {
  readonly subject: StandupSubject;
  readonly id: string;
}

export interface StandupTx {
  /** The next number of a promise or an item. */
  takeStandupNumber(): Promise<number>;
  standupPromise(id: string): Promise<StandupPromise | undefined>;
  standupItem(id: string): Promise<StandupItem | undefined>;
  /** How many are open. */
  openStandup(): Promise<{ readonly promises: number; readonly items: number }>;
  /** Writes what it is now, and the line that tells the change. */
  putStandupPromise(promise: StandupPromise, line: Omit<StandupLine, 'seq'>): Promise<void>;
  putStandupItem(item: StandupItem, line: Omit<StandupLine, 'seq'>): Promise<void>;
}

/**
 * Every line of the audit keeps its promise or item as it was after the command, so each of these answers for an earlier
 * moment would be made of the newest line of each that is not behind it.
 */
export interface StandupReads {
  /** Open ones, and those with a date, present or earlier, in [from, to), UTC ms; in no order. */
  standupPromises(query: { readonly from: number; readonly to: number }): Promise<readonly StandupPromise[]>;
  /** Open ones, and those closed since then, UTC ms; the oldest first. */
  standupItems(query: { readonly closedSince: number }): Promise<readonly StandupItem[]>;
  standupPromise(id: string): Promise<PromiseDetail | undefined>;
  standupItem(id: string): Promise<ItemDetail | undefined>;
  /** What was said in [from, to), UTC ms; oldest first. */
  standupSaid(query: { readonly from: number; readonly to: number }): Promise<readonly SaidLine[]>;
  /** The number of the newest line; 0 before the first. */
  standupSeq(): Promise<number>;
  /** Names that promises and items were entered with, so that they need not be typed again. */
  standupNames(): Promise<{ readonly people: readonly string[]; readonly departments: readonly string[] }>;
  /** Stories opened since then (UTC ms), drills left out. Of an earlier moment: those opened before it. */
  storiesOpened(since: number): Promise<number>;
}
