/** The facts one batch works on, and what its events did to them [I4]. */
import type { FactKind } from '../../../shared/events/define.ts';
import { admit, openDraft, type Admission, type Draft } from '../../domain/fold/admit.ts';
import type { Fact, FactVersion } from '../../domain/facts.ts';
import type { Decoded } from '../decode/decode.ts';
import type { LoadedFact, StoreTx } from '../ports/transaction.ts';

export type Drafts = Map<FactKind, Map<string, Draft>>;

export interface Drafted {
  readonly drafts: Drafts;
  /** One per event, in order. */
  readonly outcomes: readonly Admission[];
}

/** What a batch needs before anything can be said about it. */
export interface Loaded {
  /** One per event, in order. */
  readonly facts: readonly LoadedFact[];
  /** Stored refunds of the orders that came, by order key. */
  readonly refunds: ReadonlyMap<string, readonly Fact[]>;
}

/** Asks for all of it in one go: every turn costs the batch a wait. */
export async function loadFor(tx: StoreTx, events: readonly Decoded[]): Promise<Loaded> {
  const orders: string[] = [];
  for (const { kind, key } of events) if (kind === 'order') orders.push(key);
  const [facts, refunds] = await Promise.all([tx.loadFacts(events), orders.length > 0 ? tx.refundsOfOrders(orders) : none]);
  return { facts, refunds };
}
const none: ReadonlyMap<string, readonly Fact[]> = new Map();

/** Admits the events in order, giving way to the event loop in between. */
export async function draftFacts(
  { facts }: Loaded,
  events: readonly Decoded[],
  { receivedAt, epoch }: { readonly receivedAt: number; readonly epoch: number },
  yieldIfDue: () => Promise<void> | undefined,
): Promise<Drafted> {
  // A version without a number is of epoch 0. Every version has the field, because equal shapes are faster to read.
  const epochIfAny = epoch === 0 ? undefined : epoch;
  const drafts: Drafts = new Map();
  const outcomes: Admission[] = [];
  for (let i = 0; i < events.length; i++) {
    const { kind, key, event, body } = events[i] as Decoded;
    const stored = facts[i];
    let ofKind = drafts.get(kind);
    if (!ofKind) drafts.set(kind, (ofKind = new Map()));
    let draft = ofKind.get(key);
    if (!draft) ofKind.set(key, (draft = openDraft(kind, key, event.source, stored?.fact)));
    const version = {
      type: event.type,
      version: event.data.version,
      occurredAt: event.occurredAt,
      receivedAt,
      epoch: epochIfAny,
      eventId: event.id,
      data: event.data,
      body,
    } as FactVersion;
    outcomes.push(admit(draft, version, stored?.seen));
    if ((i & 127) === 127) await yieldIfDue();
  }
  return { drafts, outcomes };
}

/** Drafts of one kind. */
export function draftsOf(drafts: Drafts, kind: FactKind): ReadonlyMap<string, Draft> {
  return drafts.get(kind) ?? undrafted;
}
const undrafted: ReadonlyMap<string, Draft> = new Map();
