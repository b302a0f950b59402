/**
 * What makes somebody a customer (R6): the first-ever order that is live, or signing. An event qualifies over spans of
 * event time: an order from its payment until it is cancelled or fully refunded, a signing from its own time on.
 */
import { standing, type Fact } from '../facts.ts';
import { factsAsOf } from '../fold/as-of.ts';
import { effectiveLead } from '../fold/lead-join.ts';
import { liveOrder, orderInstants, orderGroupAsOf, type OrderGroup } from '../fold/order-group.ts';
import type { Qualifying } from '../fold/qualifying.ts';
import type { TimedRow } from './row.ts';

/** From `from` on (UTC ms) the event qualifies like this, or no longer where `event` is undefined; until the next span. */
export interface QualifyingSpan {
  readonly from: number;
  readonly event: Qualifying | undefined;
}

/** A signing with the facts of its lead, which give it channel, region and campaign [I6]. */
export interface SigningGroup {
  readonly signing: Fact;
  readonly leads: readonly Fact[];
}

/** Every order and signing that names a customer as it stands. */
export interface CustomerEvents {
  readonly customerId: string;
  readonly orders: readonly OrderGroup[];
  readonly signings: readonly SigningGroup[];
}

const never: readonly QualifyingSpan[] = [];

/** Spans of an order's group, by time; none for an order that never makes anybody a customer. */
export function orderSpans(group: OrderGroup | undefined): readonly QualifyingSpan[] {
  if (!group?.order) return never;
  if (group.order.versions.length === 1 && group.refunds.length === 0 && group.leads.length === 0) {
    const event = liveOrder(group);
    return event ? [{ from: event.at, event }] : never;
  }
  return spans(orderInstants(group), (instant) => liveOrder(orderGroupAsOf(group, instant)));
}

export function signingSpans({ signing, leads }: SigningGroup): readonly QualifyingSpan[] {
  const signed = standing(signing, 'lead.signed');
  if (!signed) return never;
  const instants = [signed.occurredAt, ...leads.flatMap((lead) => lead.versions.map((version) => version.occurredAt))];
  return spans(instants, (instant) => {
    if (signed.occurredAt > instant) return undefined;
    const lead = effectiveLead(factsAsOf(leads, instant))?.data;
    return {
      customerId: signed.data.customerId,
      at: signed.occurredAt,
      channel: lead?.channel ?? null,
      region: lead?.region ?? null,
      campaign: lead?.campaignId ?? null,
    };
  });
}

function spans(instants: readonly number[], eventAt: (instant: number) => Qualifying | undefined): readonly QualifyingSpan[] {
  const found: QualifyingSpan[] = [];
  let before: Qualifying | undefined;
  for (const from of [...new Set(instants)].sort((a, b) => a - b)) {
    const event = eventAt(from);
    if (sameEvent(before, event)) continue;
    found.push({ from, event });
    before = event;
  }
  return found;
}

export function sameEvent(a: Qualifying | undefined, b: Qualifying | undefined): boolean {
  if (!a || !b) return a === b;
  return a.customerId === b.customerId && a.at === b.at && a.channel === b.channel && a.region === b.region && a.campaign === b.campaign;
}

export function sameSpans(a: readonly QualifyingSpan[], b: readonly QualifyingSpan[]): boolean {
  return a.length === b.length && a.every((span, i) => span.from === b[i]?.from && sameEvent(span.event, b[i]?.event));
}

/** The event that qualifies from its own time on for ever; undefined for any other spans. */
export function lasting(of: readonly QualifyingSpan[]): Qualifying | undefined {
  const [first, ...more] = of;
  return first?.event && more.length === 0 && first.from === first.event.at ? first.event : undefined;
}

/** The row of a customer by an event, from an instant on; `sign` −1 takes it back. */
export function customerRow(event: Qualifying, since: number, sign: 1 | -1): TimedRow {
  const { customerId, at, channel, region, campaign } = event;
  return { kind: 'customer', entity: customerId, at, since, dims: [channel, region, campaign], measures: [sign] };
}

interface Candidate {
  /** Fact key: ties of the same instant go to the smaller one. */
  readonly key: string;
  readonly spans: readonly QualifyingSpan[];
}

/** The customer's rows: at every instant the first of the events that qualify then. */
export function customerRows({ orders, signings }: CustomerEvents): readonly TimedRow[] {
  return firstOfSpans([
    ...orders.flatMap((group) => (group.order ? [{ key: group.order.key, spans: orderSpans(group) }] : [])),
    ...signings.map((group) => ({ key: group.signing.key, spans: signingSpans(group) })),
  ]);
}

export function firstOfSpans(candidates: readonly Candidate[]): readonly TimedRow[] {
  const turns = candidates
    .flatMap((candidate, i) => candidate.spans.map(({ from, event }) => ({ from, event, i })))
    .sort((a, b) => a.from - b.from);
  const current: (Qualifying | undefined)[] = candidates.map(() => undefined);
  const rows: TimedRow[] = [];
  let shown: Qualifying | undefined;
  let first = -1;
  for (let t = 0; t < turns.length; t++) {
    const { from, event, i } = turns[t] as (typeof turns)[number];
    current[i] = event;
    if (i === first || first === -1) first = firstOf(candidates, current);
    else if (event && earlier(candidates, current, i, first)) first = i;
    // What begins at the same instant is one state.
    if (turns[t + 1]?.from === from) continue;
    const now = first === -1 ? undefined : current[first];
    if (sameEvent(shown, now)) continue;
    if (shown) rows.push(customerRow(shown, from, -1));
    if (now) rows.push(customerRow(now, from, 1));
    shown = now;
  }
  return rows;
}

function firstOf(candidates: readonly Candidate[], current: readonly (Qualifying | undefined)[]): number {
  let first = -1;
  for (let i = 0; i < current.length; i++) if (current[i] && (first === -1 || earlier(candidates, current, i, first))) first = i;
  return first;
}

function earlier(candidates: readonly Candidate[], current: readonly (Qualifying | undefined)[], a: number, b: number): boolean {
  const [x, y] = [current[a]?.at ?? Infinity, current[b]?.at ?? Infinity];
  return x < y || (x === y && (candidates[a]?.key ?? '') < (candidates[b]?.key ?? ''));
}
