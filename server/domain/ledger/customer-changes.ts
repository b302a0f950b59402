/**
 * Keeps customers' rows right while their events come and change (R6). Most events cannot matter to a customer whose
 * first event is known; the others need all the customer's events, which somebody must look up.
 */
import type { Qualifying } from '../fold/qualifying.ts';
import { firstCause } from './cause.ts';
import { customerRow, lasting, sameSpans, type QualifyingSpan } from './customer-events.ts';
import type { Cause, TimedRow } from './row.ts';

interface Change {
  /** The earliest event that came new and lasts. */
  came: Qualifying | undefined;
  /** Spans of events that changed, or that came and do not last. */
  readonly spans: QualifyingSpan[];
  cause: Cause;
}

export interface CustomerChanges {
  /** Every customer of a changed event, each once, in the order they turned up. */
  readonly ids: string[];
  readonly byId: Map<string, Change>;
}

export function noCustomerChanges(): CustomerChanges {
  return { ids: [], byId: new Map() };
}

/** Notes what happened to the spans of one event. */
export function noteSpans(
  changes: CustomerChanges,
  before: readonly QualifyingSpan[],
  after: readonly QualifyingSpan[],
  cause: Cause,
): void {
  if (before.length === 0) {
    const came = lasting(after);
    if (came) return noteCame(changes, came, cause);
  }
  if (sameSpans(before, after)) return;
  for (const spans of [before, after])
    for (const span of spans) if (span.event) changeOf(changes, span.event.customerId, cause).spans.push(span);
}

function noteCame(changes: CustomerChanges, came: Qualifying, cause: Cause): void {
  const change = changeOf(changes, came.customerId, cause);
  const rival = change.came;
  if (!rival || came.at < rival.at) change.came = came;
  // Which of two at one instant is the first hangs on their keys, which all the events must tell.
  else if (came.at === rival.at) change.spans.push({ from: came.at, event: came });
}

function changeOf(changes: CustomerChanges, id: string, cause: Cause): Change {
  let change = changes.byId.get(id);
  if (!change) {
    change = { came: undefined, spans: [], cause };
    changes.byId.set(id, change);
    changes.ids.push(id);
  } else change.cause = firstCause(change.cause, cause);
  return change;
}

/** The customer's rows after the change, or `unsure` when all the customer's events must be looked at; undefined = as before. */
export function settle({ came, spans }: Change, stored: readonly TimedRow[]): readonly TimedRow[] | 'unsure' | undefined {
  if (spans.some((span) => matters(stored, span))) return 'unsure';
  if (!came || !matters(stored, { from: came.at, event: came })) return undefined;
  const [first, ...more] = stored;
  if (first && (more.length > 0 || first.since !== first.at || first.at <= came.at)) return 'unsure';
  return [customerRow(came, came.at, 1)];
}

/**
 * Whether an event that qualifies from an instant on may be the first one at any time from then on. It cannot where
 * an earlier one is shown throughout.
 */
function matters(rows: readonly TimedRow[], { from, event }: QualifyingSpan): boolean {
  if (!event) return false;
  let covered = false;
  let since = -Infinity;
  for (const row of rows) {
    // Rows of one instant are one state: only the last of them held for any time.
    if (row.since > from && row.since > since && !covered) return true;
    covered = row.measures[0] === 1 && row.at < event.at;
    since = row.since;
  }
  return !covered;
}
