/**
 * The ledger written anew from the facts: for each entity the same rows that were appended while its events arrived,
 * with their instants of receipt and causes. Also what `verify` compares the stored ledger with.
 */
import type { Fact } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import { causeOf, causeOnRow, firstCause, type ChangeContext } from './cause.ts';
import { firstOfSpans, sameSpans, signingSpans, type QualifyingSpan } from './customer-events.ts';
import { noCustomerChanges, noteSpans, settle } from './customer-changes.ts';
import { addFactChange } from './fact-rows.ts';
import { rowsOfContact } from './rebuild-contact.ts';
import {
  allSteps,
  type CustomerMembers,
  type EntityMembers,
  type FactWithHistory,
  type OrderMembers,
  type SigningMembers,
} from './members.ts';
import { addOrderSteps, type OrderFacts } from './order-rows.ts';
import { appended, type Cause, type LedgerRow, type TimedRow } from './row.ts';
import { afterStep, inOrder, type Step } from './steps.ts';
import { difference } from './timeline.ts';
import { addVersionChanges, versionKinds } from './version-rows.ts';

/** One polarity threshold, in force from an instant of our clock on (UTC ms). */
export interface ThresholdSince {
  readonly since: number;
  readonly threshold: number;
}

export interface RebuildContext {
  readonly calendar: Calendar;
  readonly workspaceSince: number;
  /** Oldest first, at least one. */
  readonly thresholds: readonly ThresholdSince[];
}

/** Every row of the entity, in the order in which they came to be. */
export function rowsOfEntity(of: EntityMembers, context: RebuildContext): LedgerRow[] {
  switch (of.entity) {
    case 'order':
      return rowsOfOrder(of.members, changeContext(context, Infinity));
    case 'customer':
      return rowsOfCustomer(of.members, changeContext(context, Infinity));
    case 'contact':
      return rowsOfContact(of.members, changeContext(context, Infinity));
    case 'fact':
      return [...rowsOfFact(of.members, context), ...rowsOfVersions(of.members, changeContext(context, Infinity))];
  }
}

/** As it was at an instant of our clock. */
function changeContext({ calendar, workspaceSince, thresholds }: RebuildContext, at: number): ChangeContext {
  const inForce = thresholds.findLast(({ since }) => since <= at) ?? thresholds[0];
  if (!inForce) throw new Error('no polarity threshold was ever in force');
  return { calendar, workspaceSince, threshold: inForce.threshold };
}

function orderSteps({ order, refunds, leads }: OrderMembers): Step[] {
  return [...(order ? [order] : []), ...refunds, ...leads].flatMap(allSteps);
}

const nothing: OrderFacts = { order: undefined, refunds: [], leads: [] };

function rowsOfOrder(members: OrderMembers, context: ChangeContext): LedgerRow[] {
  const rows: LedgerRow[] = [];
  addOrderSteps(rows, members.orderKey, nothing, orderSteps(members), context, () => undefined);
  return rows;
}

function rowsOfVersions(members: FactWithHistory, context: ChangeContext): LedgerRow[] {
  const rows: LedgerRow[] = [];
  if (versionKinds.includes(members.fact.kind)) addVersionChanges(rows, { fact: undefined, versions: [] }, allSteps(members), context);
  return rows;
}

function rowsOfFact(members: FactWithHistory, context: RebuildContext): LedgerRow[] {
  const rows: LedgerRow[] = [];
  let fact: Fact | undefined;
  const rules = context.thresholds.slice(1);
  const ruleChanges = (until: number): void => {
    for (let rule = rules[0]; rule && rule.since <= until; rule = rules[0]) {
      rules.shift();
      if (!fact) continue;
      const before = changeContext(context, rule.since - 1);
      addFactChange(rows, fact, fact, rule.since, 'rule', before, changeContext(context, rule.since));
    }
  };
  for (const step of inOrder(allSteps(members))) {
    const received = step.version.receivedAt;
    ruleChanges(received);
    const after = afterStep(fact, step);
    const then = changeContext(context, received);
    if (after !== fact) addFactChange(rows, fact, after, received, causeOf(step, fact, then), then, then);
    fact = after;
  }
  ruleChanges(Infinity);
  return rows;
}

/** What happened to one event of a customer at one instant of receipt. */
interface SpanChange {
  readonly received: number;
  /** Place of the event among the customer's. */
  readonly event: number;
  readonly before: readonly QualifyingSpan[];
  readonly after: readonly QualifyingSpan[];
  readonly cause: Cause;
}

function rowsOfCustomer({ customerId, orders, signings }: CustomerMembers, context: ChangeContext): LedgerRow[] {
  const changes = [
    ...orders.flatMap((members, i) => orderChanges(members, i, context)),
    ...signings.flatMap((members, i) => signingChanges(members, orders.length + i, context)),
  ].sort((a, b) => a.received - b.received);
  const keys = [...orders.map((members) => members.orderKey), ...signings.map(({ signing }) => signing.fact.key)];
  const current: (readonly QualifyingSpan[])[] = keys.map(() => []);
  const rows: LedgerRow[] = [];
  let stored: readonly TimedRow[] = [];
  for (let i = 0; i < changes.length;) {
    const { received } = changes[i] as SpanChange;
    const noted = noCustomerChanges();
    for (let change = changes[i]; change?.received === received; change = changes[++i]) {
      current[change.event] = change.after;
      noteSpans(noted, change.before, change.after, change.cause);
    }
    const change = noted.byId.get(customerId);
    if (!change) continue;
    const settled = settle(change, stored);
    const next = settled === 'unsure' ? firstOfSpans(keys.map((key, e) => ({ key, spans: of(current[e], customerId) }))) : settled;
    if (!next) continue;
    for (const row of difference(stored, next)) rows.push(appended(row, 'newCustomers', received, change.cause));
    stored = next;
  }
  return rows;
}

/** Those that speak of the customer: a corrected order may come to name another one. */
function of(spans: readonly QualifyingSpan[] = [], customerId: string): readonly QualifyingSpan[] {
  return spans.some(({ event }) => event?.customerId === customerId) ? spans : [];
}

function orderChanges(members: OrderMembers, event: number, context: ChangeContext): SpanChange[] {
  const changes: SpanChange[] = [];
  addOrderSteps(undefined, members.orderKey, nothing, orderSteps(members), context, (before, after, cause, received) => {
    if (!sameSpans(before, after)) changes.push({ received, event, before, after, cause });
  });
  return changes;
}

function signingChanges({ signing, leads }: SigningMembers, event: number, context: ChangeContext): SpanChange[] {
  const changes: SpanChange[] = [];
  let facts: readonly Fact[] = [];
  let spans: readonly QualifyingSpan[] = [];
  let cause: Cause | undefined;
  const ordered = inOrder([signing, ...leads].flatMap(allSteps));
  ordered.forEach((step, i) => {
    const before = facts.find(({ kind, key }) => kind === step.kind && key === step.key);
    const after = afterStep(before, step);
    if (after !== before) {
      facts = before ? facts.with(facts.indexOf(before), after) : [...facts, after];
      cause = firstCause(cause, causeOnRow('leadStatus', step, causeOf(step, before, context)));
    }
    const received = step.version.receivedAt;
    if (cause === undefined || ordered[i + 1]?.version.receivedAt === received) return;
    const signed = facts.find(({ kind }) => kind === 'leadStatus');
    const now = signed ? signingSpans({ signing: signed, leads: facts.filter(({ kind }) => kind === 'lead') }) : [];
    if (!sameSpans(spans, now)) changes.push({ received, event, before: spans, after: now, cause });
    spans = now;
    cause = undefined;
  });
  return changes;
}
