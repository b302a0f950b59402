/**
 * Folds what a batch did to orders: directly, by a refund, or by the lead an order takes
 * its campaign from. Every order touched is looked at once, before and after.
 */
import type { OrderColumns } from '../../domain/fact-columns.ts';
import { type Fact } from '../../domain/facts.ts';
import { draftFact, type Draft } from '../../domain/fold/admit.ts';
import { askedLead } from '../../domain/fold/lead-join.ts';
import { orderColumns, refundOf, type OrderGroup } from '../../domain/fold/order-group.ts';
import { refundedOrder } from '../../domain/fold/refunded-order.ts';
import { causeOf, causeOnRow } from '../../domain/ledger/cause.ts';
import { noteSpans } from '../../domain/ledger/customer-changes.ts';
import { orderSpans } from '../../domain/ledger/customer-events.ts';
import { addOrderChange, addOrderSteps, type SpansChanged } from '../../domain/ledger/order-rows.ts';
import { stepsOf, type Step } from '../../domain/ledger/steps.ts';
import type { FoldContext } from './context.ts';
import { draftsOf } from './load.ts';
import type { LeadDrafts } from './leads.ts';

export interface FoldedOrders {
  /** Orders that came to be refunded beyond their lines. */
  readonly overRefunded: number;
  /** Orders that a refund came to join, or left. */
  readonly ordersRefunded: ReadonlySet<string>;
}

export async function foldOrders(fold: FoldContext, leads: LeadDrafts): Promise<FoldedOrders> {
  const { calendar } = fold.change;
  const refunds = movedRefunds(draftsOf(fold.drafts, 'refund'));
  const { changed, others, stored } = await ordersToFold(fold, refunds.ordersTouched, leads);
  const refundsBefore =
    others.length > 0 ? new Map([...fold.loaded.refunds, ...(await fold.tx.refundsOfOrders(others))]) : fold.loaded.refunds;
  const join = await leadJoin(fold, changed, stored, leads);
  let overRefunded = 0;

  function foldOrder(key: string, draft: Draft | undefined): void {
    const before: Fact | undefined = draft ? draft.before : stored.get(key);
    const after = draft ? draftFact(draft) : before;
    const refundsOld = refundsBefore.get(key) ?? nothing;
    const groupBefore: OrderGroup | undefined =
      before || refundsOld.length > 0 ? { order: before, refunds: refundsOld, leads: join.before(before) } : undefined;
    const groupAfter: OrderGroup = { order: after, refunds: refunds.after(key, refundsOld), leads: join.after(after) };
    addRows(key, draft, groupBefore, groupAfter);
    if (!after) return;
    const columnsBefore = before && groupBefore && orderColumns(before, groupBefore, calendar);
    const columns = orderColumns(after, groupAfter, calendar);
    if (columns.overRefunded && !columnsBefore?.overRefunded) overRefunded++;
    if ((draft && draft.admitted.length > 0) || !columnsBefore || !sameColumns(columnsBefore, columns))
      fold.writes.push({ fact: after, columns, history: draft?.history ?? [], isNew: before === undefined });
  }

  /** What the group adds to the ledger, and to its customer. */
  function addRows(key: string, draft: Draft | undefined, before: OrderGroup | undefined, after: OrderGroup): void {
    const own = draft?.moved ? stepsOf(draftFact(draft), draft.admitted) : noSteps;
    const joined = [...refunds.steps(key), ...leadSteps(leads, before, after)];
    const [step, ...more] = joined.length === 0 ? own : [...own, ...joined];
    if (!step) return;
    const note: SpansChanged = (old, now, cause) => noteSpans(fold.customers, old, now, cause);
    if (more.length > 0) {
      const start = {
        order: before?.order,
        refunds: unique([...(before?.refunds ?? nothing), ...refunds.before(key)]),
        leads: unique([...(before?.leads ?? nothing), ...join.before(after.order)]),
      };
      addOrderSteps(fold.rows, key, start, [step, ...more], fold.change, note);
      return;
    }
    const known = step.kind === 'order' ? before?.order : [...refunds.before(key), ...join.before(after.order)].find((f) => isOf(f, step));
    const cause = causeOf(step, known, fold.change);
    addOrderChange(fold.rows, before, after, step, cause, fold.change);
    note(orderSpans(before), orderSpans(after), causeOnRow('order', step, cause), step.version.receivedAt);
  }

  let since = 0;
  for (const draft of changed) {
    foldOrder(draft.key, draft);
    if ((++since & 127) === 0) await fold.yieldIfDue();
  }
  for (const key of others) {
    foldOrder(key, undefined);
    if ((++since & 127) === 0) await fold.yieldIfDue();
  }
  return { overRefunded, ordersRefunded: refunds.ordersTouched };
}

const nothing: readonly Fact[] = [];
const noSteps: readonly Step[] = [];
const noDrafts: readonly Draft[] = [];

function isOf(fact: Fact, { kind, key }: Step): boolean {
  return fact.kind === kind && fact.key === key;
}

function unique(facts: readonly Fact[]): readonly Fact[] {
  return facts.length < 2 ? facts : [...new Map(facts.map((fact) => [fact.key, fact])).values()];
}

/** What came to the leads that the order asks, before or after. */
function leadSteps(leads: LeadDrafts, before: OrderGroup | undefined, after: OrderGroup): readonly Step[] {
  if (leads.ids.length === 0) return noSteps;
  const asked = new Set([askedLead(before?.order), askedLead(after.order)]);
  return [...asked].flatMap((leadId) => (leadId === null ? noSteps : leads.steps(leadId)));
}

const none: ReadonlyMap<string, readonly Fact[]> = new Map();

interface MovedRefunds {
  readonly ordersTouched: ReadonlySet<string>;
  /** The versions that came of refunds that join the order or left it, and those refunds as they were known before. */
  steps(orderKey: string): readonly Step[];
  before(orderKey: string): readonly Fact[];
  /** Refunds of an order after the batch, given the stored ones. */
  after(orderKey: string, before: readonly Fact[]): readonly Fact[];
}

/** A refund may be corrected to name another order: both orders are touched. */
function movedRefunds(drafts: ReadonlyMap<string, Draft>): MovedRefunds {
  const drafted = new Map<string, Draft[]>();
  const joining = new Map<string, Fact[]>();
  const moved = new Set<string>();
  const note = (orderKey: string, draft: Draft): void => {
    const list = drafted.get(orderKey);
    if (list) list.push(draft);
    else drafted.set(orderKey, [draft]);
  };
  for (const draft of drafts.values()) {
    if (!draft.moved) continue;
    moved.add(draft.key);
    const old = draft.before && refundOf(draft.before);
    const left = old && refundedOrder(draft.source, old);
    if (left !== undefined) note(left, draft);
    const fact = draftFact(draft);
    const refund = refundOf(fact);
    if (!refund) continue;
    const key = refundedOrder(draft.source, refund);
    if (key !== left) note(key, draft);
    const list = joining.get(key);
    if (list) list.push(fact);
    else joining.set(key, [fact]);
  }
  return {
    ordersTouched: new Set(drafted.keys()),
    steps: (orderKey) => (drafted.get(orderKey) ?? noDrafts).flatMap((draft) => stepsOf(draftFact(draft), draft.admitted)),
    before: (orderKey) => (drafted.get(orderKey) ?? noDrafts).flatMap((draft) => draft.before ?? []),
    after(orderKey, before) {
      const added = joining.get(orderKey);
      if (before.length === 0) return added ?? nothing;
      const kept = before.filter((fact) => !moved.has(fact.key));
      return added ? kept.concat(added) : kept;
    },
  };
}

interface OrdersToFold {
  /** The orders that the chunk has events of. */
  readonly changed: readonly Draft[];
  /** Keys of those it has none of. */
  readonly others: readonly string[];
  /** The others as stored; a refund may be known before its order. */
  readonly stored: ReadonlyMap<string, Fact>;
}

/** Every order that an event changes, or a refund, or the campaign of its lead. */
async function ordersToFold(fold: FoldContext, refunded: ReadonlySet<string>, leads: LeadDrafts): Promise<OrdersToFold> {
  const others = new Set(refunded);
  const stored = new Map<string, Fact>();
  if (leads.ids.length > 0) {
    const named = await fold.tx.ordersOfLeads(leads.ids);
    for (const facts of named.values())
      for (const fact of facts) {
        others.add(fact.key);
        stored.set(fact.key, fact);
      }
  }
  const changed: Draft[] = [];
  for (const draft of draftsOf(fold.drafts, 'order').values()) {
    const joined = others.size > 0 && others.delete(draft.key);
    // Late older versions move nothing but must be kept: their additions cancel out.
    if (joined || draft.admitted.length > 0) changed.push(draft);
  }
  const keys = [...others];
  const missing = keys.filter((key) => !stored.has(key));
  if (missing.length > 0) for (const [key, fact] of await fold.tx.factsByKey('order', missing)) stored.set(key, fact);
  return { changed, others: keys, stored };
}

interface LeadJoin {
  before(order: Fact | undefined): readonly Fact[];
  after(order: Fact | undefined): readonly Fact[];
}

/** Facts of the leads that orders ask for their campaign, before and after the batch. */
async function leadJoin(
  fold: FoldContext,
  changed: readonly Draft[],
  stored: ReadonlyMap<string, Fact>,
  leads: LeadDrafts,
): Promise<LeadJoin> {
  const asked = new Set<string>();
  const ask = (order: Fact | undefined): void => {
    const leadId = askedLead(order);
    if (leadId !== null && !leads.has(leadId)) asked.add(leadId);
  };
  for (const draft of changed) {
    ask(draft.before);
    ask(draftFact(draft));
  }
  for (const order of stored.values()) ask(order);
  const unmoved = asked.size > 0 ? await fold.tx.leadsById([...asked]) : none;
  const facts = (order: Fact | undefined, ofMoved: (leadId: string) => readonly Fact[]): readonly Fact[] => {
    const leadId = askedLead(order);
    if (leadId === null) return nothing;
    return leads.has(leadId) ? ofMoved(leadId) : (unmoved.get(leadId) ?? nothing);
  };
  return { before: (order) => facts(order, leads.before), after: (order) => facts(order, leads.after) };
}

function sameColumns(a: OrderColumns, b: OrderColumns): boolean {
  return (
    a.paidAt === b.paidAt &&
    a.day === b.day &&
    a.buyerId === b.buyerId &&
    a.customerId === b.customerId &&
    a.leadId === b.leadId &&
    a.channel === b.channel &&
    a.region === b.region &&
    a.campaignId === b.campaignId &&
    a.counts === b.counts &&
    a.live === b.live &&
    a.overRefunded === b.overRefunded
  );
}
