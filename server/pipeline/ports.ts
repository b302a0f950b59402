/**
 * What the line needs from outside. Everything here is asynchronous and takes whole
 * batches, so that a store across a network fits the same port as one in the process.
 * Adapters throw `Unavailable` for infrastructure errors (roll back, pause, retry
 * for ever [I9]); any other throw is a bug and ends the process.
 */
import type { FactKind } from '../../shared/events/define.ts';
import type { Rejection } from '../../shared/events/outcomes.ts';
import type { AuditLine, IncidentDetail, IncidentMention } from '../../shared/incidents/types.ts';
import type { Policies, PolicyName, Target } from '../../shared/kpi/targets.ts';
import type { SourceHealth, Stream } from '../../shared/wire/freshness.ts';
import type { CellAddition, CellFamily, DimValue } from '../domain/cells.ts';
import type { Facet, FacetOf } from '../domain/facets.ts';
import type { Fact, FactVersion } from '../domain/facts.ts';
import type { Incident, IncidentChange } from '../domain/incidents/types.ts';

/** Wall and monotonic time; the only way the pipeline learns what time it is. */
export interface ClockPort {
  /** UTC ms; may step. */
  now(): number;
  /** ms since an arbitrary start; never steps. */
  monotonic(): number;
}

/** An infrastructure fault: nothing was taken, the same call may succeed later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * The store refuses a value of one of the records it was given (SQLite constraint, mismatch or
 * range; SQLSTATE 22, 23). Rolled back; the batch is tried record by record and that one quarantined [I9].
 */
export class BadData extends Error {
  override readonly name = 'BadData';
}

// ---------------------------------------------------------------- log

export interface LogRecord {
  readonly offset: number;
  /** null is a Kafka tombstone: counted, nothing else. */
  readonly value: Uint8Array | null;
  readonly key: Uint8Array | null;
  /** Kafka headers (`ce_…` in binary mode), values as text. */
  readonly headers: Readonly<Record<string, string>>;
  /** The log's own clock at append, UTC ms. */
  readonly appendedAt: number;
}

export interface LogBatch {
  readonly topic: string;
  readonly partition: number;
  /** Fencing epoch of this assignment; a commit under an older one is refused. */
  readonly epoch: number;
  /** In offset order; offsets may skip. */
  readonly records: readonly LogRecord[];
  /** Next offset to continue at once these records are folded. */
  readonly nextOffset: number;
  /** End of the partition's log when the batch was fetched. */
  readonly highWatermark: number;
}

export interface LogHandler {
  /** Raises the partition's epoch in the store and says where to continue; null = from the beginning. */
  assign(topic: string, partition: number): Promise<{ epoch: number; nextOffset: number | null }>;
  /** Resolves once the batch is committed; several partitions may have one here at a time, which then share a commit. Throws `Unavailable` to be called again with the same records. */
  batch(batch: LogBatch, keepAlive: () => Promise<void>): Promise<void>;
  /** The log no longer has our next offset [I12]. */
  gap(topic: string, partition: number, expected: number, oldest: number): Promise<void>;
}

/** A source of records. `run` resolves when `stop` was called, and rejects when the source cannot go on [I14]. */
export interface LogConsumer {
  run(handler: LogHandler): Promise<void>;
  stop(): Promise<void>;
  health(): SourceHealth;
  /** Pause intake (bad-record brake [I10], back-pressure) and resume it. */
  pause(topic: string, reason: string, detail: string): void;
  resume(topic: string): void;
}

export interface AppendRecord {
  /** Logical topic; the adapter maps it to the configured name. */
  readonly topic: string;
  /** Entity id: keeps one entity's events in order. */
  readonly key: string;
  readonly value: Uint8Array;
}
/** Where HTTP and import put events. Resolves once they are durable (Kafka: acknowledged by all in-sync replicas). */
export interface LogProducer {
  append(records: readonly AppendRecord[]): Promise<void>;
}

// ---------------------------------------------------------------- store, writing

export interface FactRef {
  readonly kind: FactKind;
  readonly key: string;
  readonly version: number;
}
export interface LoadedFact {
  readonly fact: Fact | undefined;
  /** The stored version with exactly this number, standing or history. */
  readonly seen: FactVersion | undefined;
}
export interface FactWrite {
  readonly fact: Fact;
  readonly facet: Facet;
  /** Versions that now belong to history: superseded ones and late older ones. */
  readonly history: readonly FactVersion[];
  /** True when the store has no row of this fact yet. */
  readonly isNew: boolean;
}
/** A customer's first-ever qualifying event (R6). */
export interface CustomerFirst {
  readonly customerId: string;
  readonly at: number;
  readonly day: number;
  readonly channel: DimValue;
  readonly region: DimValue;
}
export interface QuarantineEntry {
  readonly rejection: Rejection;
  /** First 64 KB. */
  readonly raw: Uint8Array;
  readonly sha256: string;
  readonly length: number;
  /** `kafka <topic>/<partition>@<offset>` or `http <request id>#<index>`. */
  readonly position: string;
  readonly topic: string;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly source: string | null;
  readonly receivedAt: number;
}
/** Raw bytes of accepted records, kept beside the facts by retention. */
/** Records of one partition as they came. */
export interface RawRecords {
  /** Log, topic and partition; with `@offset` behind it, a record's position. */
  readonly partition: string;
  readonly receivedAt: number;
  readonly offsets: readonly number[];
  /** One for each offset. */
  readonly bytes: readonly Uint8Array[];
}
export interface OutboxMessage {
  /** Idempotency key: (incident, clock, generation, step). */
  readonly key: string;
  readonly kind: 'incident_opened' | 'clock_fired' | 'breach_overturned';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}
/** What changed, for the projection: which parts of the screens may now differ. */
export type Touched =
  | 'sales'
  | 'leads'
  | 'mentions'
  | 'campaigns'
  | 'competitors'
  | 'content'
  | 'incidents'
  | 'targets'
  | 'policies'
  | 'quarantine'
  | 'sources';

/**
 * One write transaction. Nothing in it is visible before `Store.write` resolves.
 * Methods may yield to the event loop between slices; no other write runs meanwhile.
 */
export interface StoreTx {
  loadFacts(refs: readonly FactRef[]): Promise<readonly LoadedFact[]>;
  /** Facts by kind and key, for joins; absent keys are left out. */
  factsByKey(kind: FactKind, keys: readonly string[]): Promise<ReadonlyMap<string, Fact>>;
  /** Refunds that join these orders, by order key. */
  refundsOfOrders(orderKeys: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  /** Orders whose paid version names one of these leads, by lead id. */
  ordersOfLeads(leadIds: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  /** `lead` facts by lead id, over all sources. */
  leadsById(leadIds: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  /** `leadStatus` facts of type `lead.signed` by lead id, over all sources. */
  signingsOfLeads(leadIds: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>>;
  putFacts(writes: readonly FactWrite[]): Promise<void>;

  /** The stored first event of each customer; no id twice. */
  customers(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerFirst>>;
  /**
   * First event (R6: live order or signing) recomputed from the facts as they stand in this transaction.
   * Ties: earlier fact key. A signing's channel and region are those of its lead (highest version, ties:
   * smaller source); null while the lead is unknown.
   */
  firstEvents(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerFirst>>;
  /** null removes the row. */
  putCustomers(rows: readonly { customerId: string; first: CustomerFirst | null }[]): Promise<void>;

  addCells(additions: readonly CellAddition[]): Promise<void>;
  /** Remove a family before a rebuild. */
  clearCells(family: CellFamily): Promise<void>;
  /** All facts of a kind in key order, `limit` at a time, after `afterKey`. */
  pageFacts(kind: FactKind, afterKey: string | null, limit: number): Promise<readonly Fact[]>;

  incidentsByStory(storyKeys: readonly string[]): Promise<ReadonlyMap<string, Incident>>;
  incident(id: string): Promise<Incident | undefined>;
  /** Takes the next incident numbers, in order. */
  takeIncidentNumbers(count: number): Promise<readonly number[]>;
  /** Writes incidents, clocks and audit lines. A stored version other than `previousVersion` throws. */
  putIncidents(changes: readonly IncidentChange[]): Promise<void>;
  /** Armed clocks with `dueAt <= now`, oldest first, with their incidents. */
  dueClocks(now: number, limit: number): Promise<readonly { incident: Incident; clock: 'response' | 'disposal'; generation: number }[]>;
  /** armed → fired where still armed; false = somebody else was first [T4]. */
  fireClock(incidentId: string, clock: string, generation: number, firedAt: number, latenessMs: number): Promise<boolean>;
  /** The answer once given to this command id [C2]. */
  commandAnswer(commandId: string): Promise<string | undefined>;
  putCommandAnswer(commandId: string, answer: string, at: number): Promise<void>;
  putOutbox(messages: readonly OutboxMessage[]): Promise<void>;

  quarantine(entries: readonly QuarantineEntry[]): Promise<void>;
  /** open → replayed | discarded, with who and why; false = not open. */
  closeQuarantine(id: number, state: 'replayed' | 'discarded', actor: string, reason: string, at: number): Promise<boolean>;
  putRaw(records: RawRecords): Promise<void>;
  /** Freshness: newest receipt and event time per stream; keeps the maximum. */
  touchStreams(seen: readonly { stream: Stream; receivedAt: number; occurredAt: number }[]): Promise<void>;

  /** Throws `Fenced` (a bug-free way out: drop the batch) unless the stored epoch and offset are these. */
  advanceOffset(position: { topic: string; partition: number; epoch: number; nextOffset: number }): Promise<void>;
  /** Stored next offset; null = never consumed. */
  offset(topic: string, partition: number): Promise<{ epoch: number; nextOffset: number | null } | undefined>;
  raiseEpoch(topic: string, partition: number): Promise<{ epoch: number; nextOffset: number | null }>;
  putGap(gap: { topic: string; partition: number; expected: number; oldest: number; at: number }): Promise<void>;
  /** Counts tries of a record that brought the process down [I9]; returns the tries so far. */
  countAttempt(position: string): Promise<number>;
  clearAttempt(position: string): Promise<void>;

  policies(): Promise<Policies>;
  putPolicy(name: PolicyName, row: { value: unknown; owner: string; reason: string; effectiveFrom: number; setAt: number }): Promise<void>;
  targets(): Promise<readonly Target[]>;
  putTargets(targets: readonly Target[], setAt: number): Promise<void>;

  /** Last statement before commit: the change's number comes from a counter row (E24). */
  appendChange(touched: readonly Touched[], at: number): Promise<number>;
}

/** Thrown by `advanceOffset`: the partition belongs to a newer assignment, or the offset moved. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

// ---------------------------------------------------------------- store, reading

/** Cut of history: event time ≤ asOf, known at ≤ knownAt; absent = everything. */
export interface Cut {
  readonly asOf?: number;
  readonly knownAt?: number;
}
export interface CellQuery {
  readonly family: CellFamily;
  /** Half-open range of buckets. */
  readonly from: number;
  readonly to: number;
  /** Sum over buckets unless true. */
  readonly perBucket?: boolean;
  readonly by: readonly string[];
  readonly where: readonly { dim: string; value: DimValue }[];
  readonly cut?: Cut;
}
export interface CellRow {
  readonly bucket: number | null;
  /** Values of `by`, in its order. */
  readonly dims: readonly DimValue[];
  /** The family's measures, in its order. */
  readonly measures: readonly number[];
}
/** Counts over orders that no sum of cells can give. `by` ∈ channel, region, campaign, category, core. */
export interface OrderCountQuery {
  /** Half-open range of business days of payment. */
  readonly from: number;
  readonly to: number;
  readonly by: readonly string[];
  readonly where: readonly { dim: string; value: DimValue }[];
  readonly cut?: Cut;
}
export interface OrderCounts {
  readonly dims: readonly DimValue[];
  /** Orders not fully refunded. */
  readonly orders: number;
  /** Distinct buyers with such an order: exact. */
  readonly buyers: number;
  /** Distinct customers with such an order, and those with such orders on ≥ 2 different days. */
  readonly customers: number;
  readonly repeatCustomers: number;
  /** Orders of customers beyond each one's first order in the range. */
  readonly repeatOrders: number;
}

export interface QuarantineRow {
  readonly id: number;
  readonly state: 'open' | 'replayed' | 'discarded';
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly position: string;
  readonly topic: string;
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly source: string | null;
  readonly length: number;
  readonly sha256: string;
  readonly receivedAt: number;
  readonly closedBy: string | null;
  readonly closedReason: string | null;
}

export interface MentionRow extends IncidentMention {
  readonly key: string;
  readonly brand: string;
}

/** Reads see committed state only, and never block the line: they run on read-only connections elsewhere. */
export interface StoreReads {
  cells(query: CellQuery): Promise<readonly CellRow[]>;
  orderCounts(query: OrderCountQuery): Promise<readonly OrderCounts[]>;
  /** Standing facts of the small kinds, newest event time first. */
  facts<K extends FactKind>(query: {
    kind: K;
    from?: number;
    to?: number;
    limit: number;
  }): Promise<readonly { fact: Fact; facet: FacetOf<K> }[]>;
  /** Engagement totals per campaign: the sum over platform and content of the highest versions (R20). */
  engagement(): Promise<readonly { campaignId: string; reads: number; likes: number; shares: number }[]>;
  /** Mention counts per brand and polarity with published time in [from, to), by slots of `stepMs`; slot 0 starts at `from`. */
  mentionSlots(query: {
    from: number;
    to: number;
    stepMs: number;
  }): Promise<readonly { slot: number; brand: string; polarity: string; count: number }[]>;
  pendingHistory(limit: number): Promise<{ total: number; rows: readonly MentionRow[] }>;
  incidents(query: { open: boolean; limit: number }): Promise<readonly IncidentDetail[]>;
  incident(id: string): Promise<IncidentDetail | undefined>;
  audit(incidentId: string): Promise<readonly AuditLine[]>;
  policies(): Promise<Policies>;
  policyHistory(
    name: PolicyName,
  ): Promise<readonly { version: number; value: unknown; owner: string; reason: string; effectiveFrom: number; setAt: number }[]>;
  targets(): Promise<readonly Target[]>;
  quarantine(query: { state?: string; limit: number; before?: number }): Promise<{ total: number; rows: readonly QuarantineRow[] }>;
  quarantineRaw(id: number): Promise<Uint8Array | undefined>;
  streams(): Promise<readonly { stream: Stream; receivedAt: number; occurredAt: number }[]>;
  gaps(): Promise<readonly { topic: string; partition: number; expected: number; oldest: number; at: number }[]>;
  offsets(): Promise<readonly { topic: string; partition: number; epoch: number; nextOffset: number }[]>;
  /** True when any sales fact's event time lies after `at`: then a cut there matters. */
  anythingAfter(at: number): Promise<boolean>;
  counts(): Promise<Readonly<Record<string, number>>>;
  changeNumber(): Promise<number>;
}

export interface Store {
  /** Runs alone, in the order of the calls; commits when `work` resolves, rolls back when it throws. */
  write<T>(work: (tx: StoreTx) => Promise<T>): Promise<T>;
  readonly reads: StoreReads;
  /** Names this store's content: changes when another file or an older backup is opened. */
  readonly storeId: string;
  close(): Promise<void>;
}
