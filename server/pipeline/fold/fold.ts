/**
 * Folds decoded events into the store, inside one transaction: load → admit → difference
 * of every touched entity → facts, ledger rows, customers. Independent of the order of arrival
 * and of how events are cut into chunks and transactions [I5].
 */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Stream } from '../../../shared/wire/freshness.ts';
import type { Admission } from '../../domain/fold/admit.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { noCustomerChanges } from '../../domain/ledger/customer-changes.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import { heartbeatAt, tellsOfNow } from '../../domain/stream-life.ts';
import { isSynthetic } from '../../domain/synthetic.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { Decoded } from '../decode/decode.ts';
import type { FoldContext } from './context.ts';
import { factKinds } from './fact-kinds.ts';
import { foldCustomers, type CustomersAhead } from './customers.ts';
import { draftFacts, draftsOf, type Drafts, type Loaded } from './load.ts';
import { draftedLeads, foldSignings } from './leads.ts';
import { foldLeadRows } from './lead-rows.ts';
import { foldOrders } from './orders.ts';
import { foldMentions, foldPlain } from './plain.ts';
import { foldVersions } from './versions.ts';
import type { Append } from '../ports/commit.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';

export interface FoldOptions {
  readonly calendar: Calendar;
  /** Polarity threshold in force. */
  readonly threshold: number;
  /** The workspace's making, UTC ms. */
  readonly workspaceSince: number;
  /** The store's clock, UTC ms. */
  readonly receivedAt: number;
  /** Number of the epoch of that clock [T8]; absent = 0. */
  readonly epoch?: number;
  readonly append: Append;
  /** Of the same transaction. */
  readonly customersAhead: CustomersAhead;
  readonly yieldIfDue: () => Promise<void> | undefined;
}
export interface Folded {
  /** One per event, in order. */
  readonly outcomes: readonly Admission[];
  readonly mentions: readonly MentionChange[];
  /** Orders that came to be refunded beyond their lines. */
  readonly overRefunded: number;
  /** By kind, the keys of facts of which what `loadFor` found before is wrong since. */
  readonly outdated: readonly (readonly [FactKind, Iterable<string>])[];
}

/** The fold of one transaction: chunk after chunk, then what is written once for all of them. */
export interface Fold {
  /** Asks for what `finish` will need of the chunks so far, so that it need not wait for the answers. */
  prefetch(): void;
  /** Folds events with what `loadFor` found for them. */
  chunk(events: readonly Decoded[], loaded: Loaded): Promise<Folded>;
  /** Writes customers, ledger rows and freshness of all chunks; resolves to what the transaction touched. */
  finish(): Promise<ReadonlySet<Touched>>;
}

/** What a transaction saw of the life of a stream. */
interface Seen {
  receivedAt: number | null;
  occurredAt: number | null;
  aliveAt: number | null;
}

export function openFold(tx: StoreTx, options: FoldOptions): Fold {
  const { receivedAt, epoch = 0, yieldIfDue, calendar, threshold, workspaceSince, append, customersAhead } = options;
  const touched = new Set<Touched>();
  const seen = new Map<Stream, Seen>();
  const customers = noCustomerChanges();
  const rows: LedgerRow[] = [];
  const change = { calendar, threshold, workspaceSince };
  const whole = { tx, change, receivedAt, yieldIfDue, rows, customers, customersAhead };
  let prefetched = 0;

  function note({ kind, event }: Decoded, outcome: Admission): void {
    if (outcome !== 'applied' && outcome !== 'older') return;
    const { touches, stream } = factKinds[kind];
    if (outcome === 'applied') touched.add(touches);
    // Freshness counts what was new to us; a repeat proves nothing about its source, nor does what this system sends itself.
    if (event.type === 'source.heartbeat') {
      const life = seenOf(event.data.stream);
      life.aliveAt = Math.max(life.aliveAt ?? -Infinity, heartbeatAt(event.occurredAt, receivedAt));
    } else if (stream && !isSynthetic(event.source)) {
      const life = seenOf(stream);
      life.occurredAt = Math.max(life.occurredAt ?? -Infinity, event.occurredAt);
      if (tellsOfNow(stream, event, receivedAt)) life.receivedAt = receivedAt;
    }
  }

  function seenOf(stream: Stream): Seen {
    const life = seen.get(stream) ?? { receivedAt: null, occurredAt: null, aliveAt: null };
    seen.set(stream, life);
    return life;
  }

  return {
    prefetch() {
      customersAhead.ask(customers.ids.slice(prefetched));
      prefetched = customers.ids.length;
    },
    async chunk(events, loaded) {
      const { drafts, outcomes } = await draftFacts(loaded, events, { receivedAt, epoch }, yieldIfDue);
      for (let i = 0; i < events.length; i++) note(events[i] as Decoded, outcomes[i] as Admission);
      const fold: FoldContext = { ...whole, drafts, loaded, writes: [] };
      const leads = await draftedLeads(tx, drafts);
      const { overRefunded, ordersRefunded } = await foldOrders(fold, leads);
      await foldSignings(fold, leads);
      await foldLeadRows(fold, leads);
      foldPlain(fold);
      await foldVersions(fold);
      const mentions = foldMentions(fold, draftsOf(drafts, 'mention'));
      if (fold.writes.length > 0) await tx.putFacts(fold.writes);
      return { outcomes, mentions, overRefunded, outdated: outdatedBy(drafts, ordersRefunded) };
    },
    async finish() {
      await foldCustomers(whole);
      if (rows.length > 0) await append(rows);
      // A lead may give orders their campaign, and a signing makes a customer: both show among sales.
      if (rows.some(({ family }) => family === 'sales' || family === 'newCustomers')) touched.add('sales');
      if (seen.size > 0) await tx.touchStreams([...seen].map(([stream, life]) => ({ stream, ...life })));
      return touched;
    },
  };
}

function outdatedBy(drafts: Drafts, ordersRefunded: ReadonlySet<string>): Folded['outdated'] {
  return [...[...drafts].map(([kind, ofKind]) => [kind, ofKind.keys()] as const), ['order', ordersRefunded]];
}
