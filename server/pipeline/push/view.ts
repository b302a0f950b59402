/** A view is what one kind of screen shows, in groups that are computed whole. */
import type { ViewName, Views } from '../../../shared/wire/views/all.ts';
import type { Touched } from '../ports/transaction.ts';

export interface View<V extends ViewName = ViewName> {
  readonly name: V;
  readonly groups: readonly (keyof Views[V])[];
  /** Groups that may differ after such a change. */
  affectedBy(touched: Touched): readonly (keyof Views[V])[];
  /** Groups that change by the passing of time alone: how often to look again, ms. */
  readonly refreshMs: { readonly [G in keyof Views[V]]?: number };
  /** Groups that turn with the business calendar [S6]: the first instant after `now` (UTC ms) at which such a group differs. */
  readonly turnsAfter?: { readonly [G in keyof Views[V]]?: (now: number) => number };
  /** Groups computed from the ledger: a snapshot goes out without them while the ledger cannot answer. */
  readonly mayWait?: readonly (keyof Views[V])[];
  /** Shortest time between two computations of a group, ms; absent = every tick. Keeps dear groups off the hot path. */
  readonly throttleMs: { readonly [G in keyof Views[V]]?: number };
  read<G extends keyof Views[V]>(group: G): Promise<Views[V][G]>;
}
