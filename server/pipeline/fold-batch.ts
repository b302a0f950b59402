/**
 * Folds decoded events into the store, inside one transaction: load → admit → difference
 * of every touched entity → facts, cells, customers. Independent of the order of arrival
 * and of how events are cut into batches [I5].
 */
import type { FactKind } from '../../shared/events/define.ts';
import type { Stream } from '../../shared/wire/freshness.ts';
import { noCustomerChanges } from '../domain/customers.ts';
import type { Admission } from '../domain/fold/admit.ts';
import { createCellSums } from '../domain/fold/cell-sums.ts';
import type { MentionChange } from '../domain/fold/mention-change.ts';
import type { Calendar } from '../domain/time/calendar.ts';
import type { Decoded } from './decode.ts';
import type { FoldContext } from './fold-context.ts';
import { firstsAhead, foldCustomers } from './fold-customers.ts';
import { draftFacts, draftsOf, loadFor, type Loaded } from './fold-drafts.ts';
import { draftedLeads, foldSignings } from './fold-leads.ts';
import { foldOrders } from './fold-orders.ts';
import { foldMentions, foldPlain } from './fold-plain.ts';
import type { StoreTx, Touched } from './ports.ts';

export interface FoldOptions {
  readonly calendar: Calendar;
  /** Polarity threshold in force. */
  readonly threshold: number;
  /** The store's clock, UTC ms. */
  readonly receivedAt: number;
  readonly breathe: () => Promise<void> | undefined;
  /** What `loadFor` found for these events in this transaction, where the caller asked for it already. */
  readonly loaded?: Loaded;
  /** Told what became of each event, before anything is folded. */
  readonly admitted?: (outcomes: readonly Admission[]) => Promise<void>;
}
export interface Folded {
  /** One per event, in order. */
  readonly outcomes: readonly Admission[];
  readonly touched: ReadonlySet<Touched>;
  readonly mentions: readonly MentionChange[];
  /** Orders that came to be refunded beyond their lines. */
  readonly overRefunded: number;
}

export async function foldBatch(tx: StoreTx, events: readonly Decoded[], options: FoldOptions): Promise<Folded> {
  const { receivedAt, breathe, calendar, threshold } = options;
  const loaded = options.loaded ?? (await loadFor(tx, events));
  const { drafts, outcomes } = await draftFacts(loaded, events, receivedAt, breathe);
  await options.admitted?.(outcomes);
  const touched = new Set<Touched>();
  for (let i = 0; i < events.length; i++) if (outcomes[i] === 'applied') touched.add(touches[(events[i] as Decoded).kind]);

  const fold: FoldContext = {
    tx,
    drafts,
    loaded,
    calendar,
    threshold,
    sums: createCellSums(),
    customers: noCustomerChanges(),
    firsts: firstsAhead(tx),
    writes: [],
    breathe,
  };
  const leads = await draftedLeads(tx, drafts);
  const overRefunded = await foldOrders(fold, leads);
  await foldSignings(fold, leads);
  foldPlain(fold);
  const mentions = foldMentions(fold, draftsOf(drafts, 'mention'));
  if (fold.writes.length > 0) await tx.putFacts(fold.writes);
  await foldCustomers(fold);
  const additions = fold.sums.drain();
  if (additions.length > 0) await tx.addCells(additions);
  // A lead may give orders their campaign, and a signing makes a customer: both show among sales.
  if (additions.some((a) => a.family === 'sales' || a.family === 'newCustomers')) touched.add('sales');
  await touchStreams(tx, events, outcomes, receivedAt);
  return { outcomes, touched, mentions, overRefunded };
}

const touches: Record<FactKind, Touched> = {
  order: 'sales',
  refund: 'sales',
  lead: 'leads',
  leadStatus: 'leads',
  mention: 'mentions',
  campaign: 'campaigns',
  campaignPhase: 'campaigns',
  campaignEnd: 'campaigns',
  spend: 'campaigns',
  engagement: 'campaigns',
  audience: 'campaigns',
  move: 'competitors',
  traffic: 'content',
  content: 'content',
};

const streamOf: Partial<Record<FactKind, Stream>> = {
  order: 'orders',
  refund: 'orders',
  lead: 'leads',
  leadStatus: 'leads',
  mention: 'mentions',
  spend: 'spend',
  move: 'competitors',
};

/** Freshness counts what was new to us; a repeat proves nothing about its source. */
async function touchStreams(tx: StoreTx, events: readonly Decoded[], outcomes: readonly Admission[], receivedAt: number): Promise<void> {
  const newest = new Map<Stream, number>();
  for (let i = 0; i < events.length; i++) {
    if (outcomes[i] !== 'applied' && outcomes[i] !== 'older') continue;
    const { kind, event } = events[i] as Decoded;
    const stream = streamOf[kind];
    if (stream && event.occurredAt > (newest.get(stream) ?? -Infinity)) newest.set(stream, event.occurredAt);
  }
  if (newest.size > 0) await tx.touchStreams([...newest].map(([stream, occurredAt]) => ({ stream, receivedAt, occurredAt })));
}
