/** Audit lines written while our own clock is in doubt say so [T8]: their stamps may be wrong by as much. */
import type { Store } from '../ports/store.ts';
import type { StoreTx } from '../ports/transaction.ts';
import type { ClockDoubt } from './clock-watch.ts';

/** The same store; `doubt` is asked once a transaction. */
export function withMarkedStamps<S extends Store>(store: S, doubt: () => ClockDoubt | null): S {
  return {
    ...store,
    write: <T>(work: (tx: StoreTx) => Promise<T>) =>
      store.write((tx) => {
        const mark = markOf(doubt());
        return work(
          mark === null ? tx : { ...tx, putIncidents: (changes) => tx.putIncidents(changes.map((change) => marked(change, mark))) },
        );
      }),
  };
}

type Change = Parameters<StoreTx['putIncidents']>[0][number];

function markOf(doubt: ClockDoubt | null): Partial<ClockDoubt> | null {
  if (doubt === null || (doubt.clockAheadMs === 0 && doubt.clockBehindMs === 0)) return null;
  return doubt.clockAheadMs > 0 ? { clockAheadMs: doubt.clockAheadMs } : { clockBehindMs: doubt.clockBehindMs };
}

function marked(change: Change, mark: Partial<ClockDoubt>): Change {
  return { ...change, events: change.events.map((event) => ({ ...event, detail: { ...event.detail, ...mark } })) };
}
