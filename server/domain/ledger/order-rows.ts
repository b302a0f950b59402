/** Ledger rows of orders with what they are joined to. */
import { standing, type Fact } from '../facts.ts';
import { askedLead } from '../fold/lead-join.ts';
import { refundOf, type OrderGroup } from '../fold/order-group.ts';
import { refundedOrder } from '../fold/refunded-order.ts';
import { causeOf, causeOnRow, firstCause, type ChangeContext } from './cause.ts';
import { orderSpans, type QualifyingSpan } from './customer-events.ts';
import type { Family } from './family.ts';
import { families, familyNames, type FamilyName } from './registry.ts';
import { appended, type Cause, type LedgerRow } from './row.ts';
import { afterStep, inOrder, type Step } from './steps.ts';
import { difference } from './timeline.ts';

function isOfOrders(family: Family): family is Family<'order'> {
  return family.entity === 'order';
}

const orderFamilies = familyNames.flatMap((name): { readonly name: FamilyName; readonly family: Family<'order'> }[] => {
  const family: Family = families[name];
  return isOfOrders(family) ? [{ name, family }] : [];
});

/** What came at one instant (UTC ms) did to the spans over which an order makes somebody a customer. */
export type SpansChanged = (before: readonly QualifyingSpan[], after: readonly QualifyingSpan[], cause: Cause, received: number) => void;

/** Facts that may belong to an order's group: its own, refunds and leads that name it or are named by it in some version. */
export interface OrderFacts {
  readonly order: Fact | undefined;
  readonly refunds: readonly Fact[];
  readonly leads: readonly Fact[];
}

/** The group the facts form now: refunds that name the order as they stand, and the lead the order asks. */
export function groupOf(orderKey: string, { order, refunds, leads }: OrderFacts): OrderGroup {
  const leadId = askedLead(order);
  return {
    order,
    refunds: refunds.filter((fact) => names(fact, orderKey)),
    leads: leadId === null ? [] : leads.filter((fact) => standing(fact, 'lead.created')?.data.leadId === leadId),
  };
}

function names(fact: Fact, orderKey: string): boolean {
  const refund = refundOf(fact);
  return refund !== undefined && refundedOrder(fact.source, refund) === orderKey;
}

/** Appends to `rows` the difference one step makes between two states of a group. */
export function addOrderChange(
  rows: LedgerRow[],
  before: OrderGroup | undefined,
  after: OrderGroup,
  step: Step,
  cause: Cause,
  context: ChangeContext,
): void {
  for (const { name, family } of orderFamilies) {
    const old = before ? family.rows(before, context) : [];
    for (const row of difference(old, family.rows(after, context)))
      rows.push(appended(row, name, step.version.receivedAt, causeOnRow(row.kind, step, cause)));
  }
}

/**
 * Appends what the steps change, one after the other. Spans are reported once for each instant of receipt.
 * @param rows undefined where only the spans are wanted
 * @param start the facts as they were known before the steps
 */
export function addOrderSteps(
  rows: LedgerRow[] | undefined,
  orderKey: string,
  start: OrderFacts,
  steps: readonly Step[],
  context: ChangeContext,
  spansChanged: SpansChanged,
): void {
  let facts = start;
  let group = groupOf(orderKey, facts);
  let spans = orderSpans(group);
  let cause: Cause | undefined;
  const ordered = inOrder(steps);
  ordered.forEach((step, i) => {
    const before = factOf(facts, step);
    const after = afterStep(before, step);
    if (after !== before) {
      facts = withFact(facts, after);
      const next = groupOf(orderKey, facts);
      const why = causeOf(step, before, context);
      if (rows) addOrderChange(rows, group, next, step, why, context);
      cause = firstCause(cause, causeOnRow('order', step, why));
      group = next;
    }
    if (cause === undefined || ordered[i + 1]?.version.receivedAt === step.version.receivedAt) return;
    const now = orderSpans(group);
    spansChanged(spans, now, cause, step.version.receivedAt);
    spans = now;
    cause = undefined;
  });
}

function factOf({ order, refunds, leads }: OrderFacts, { kind, key }: Step): Fact | undefined {
  if (kind === 'order') return order;
  return (kind === 'refund' ? refunds : leads).find((fact) => fact.key === key);
}

function withFact(facts: OrderFacts, fact: Fact): OrderFacts {
  if (fact.kind === 'order') return { ...facts, order: fact };
  return fact.kind === 'refund' ? { ...facts, refunds: replaced(facts.refunds, fact) } : { ...facts, leads: replaced(facts.leads, fact) };
}

function replaced(facts: readonly Fact[], fact: Fact): readonly Fact[] {
  const at = facts.findIndex(({ key }) => key === fact.key);
  return at < 0 ? [...facts, fact] : facts.with(at, fact);
}
