/**
 * One write transaction of the store. Everything in it is asynchronous and takes whole batches, so that
 * a store across a network fits the same port as one in the process.
 */
import type { FactColumns } from '../../domain/fact-columns.ts';
import type { Fact, FactVersion } from '../../domain/facts.ts';
import type { HandClosing } from '../../domain/closing/closing-book.ts';
import type { EscalationStep } from '../../domain/escalation/steps.ts';
import type { Incident, IncidentChange, MemberChange } from '../../domain/incidents/types.ts';
import type { SeverityCounters } from '../../domain/severity/counters.ts';
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import type { CustomerEvents } from '../../domain/ledger/customer-events.ts';
import type { LedgerRow, TimedRow } from '../../domain/ledger/row.ts';
import type { FactKind } from '../../../shared/events/define.ts';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import type { Roster } from '../../../shared/incidents/roster.ts';
import type { DraftDocument } from '../../../shared/incidents/draft.ts';
import type { CampaignDecision } from '../../../shared/kpi/campaigns.ts';
import type { Policies, PolicyName, Target } from '../../../shared/kpi/targets.ts';
import type { Stream } from '../../../shared/wire/freshness.ts';
import type { ChannelTx } from './channel-store.ts';
import type { ScreenTx } from './screen-store.ts';
import type { LogGap, LogMarkName, Position } from './log.ts';
import type { StandupTx } from './standup-store.ts';
import type { StoryPrintIndex } from './story-prints.ts';
import type { OutboxTx } from './outbox.ts';

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
  readonly columns: FactColumns;
  /** Versions that now belong to history: superseded ones and late older ones. */
  readonly history: readonly FactVersion[];
  /** True when the store has no row of this fact yet. */
  readonly isNew: boolean;
}
/** A place among the leads of a contact, which come by creation (UTC ms), then by id. */
export interface ContactPlace {
  readonly contact: string;
  readonly at: number;
  readonly leadId: string;
}
/** The ledger rows a customer has from now on; none removes the customer. */
export interface CustomerRows {
  readonly customerId: string;
  readonly rows: readonly TimedRow[];
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
/** What is known of the freshness of a stream [S3]; all instants UTC ms. */
export interface StreamLife {
  readonly stream: Stream;
  /** Store clock at the last event that told of the present; imported history does not. */
  readonly receivedAt: number | null;
  /** The newest event time, history included. */
  readonly occurredAt: number | null;
  /** Last sign of life beside events. */
  readonly aliveAt: number | null;
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
  /** Mentions joined a story or changed in it, and neither its state nor a clock did. */
  | 'incidentMentions'
  | 'targets'
  | 'periods'
  | 'policies'
  | 'quarantine'
  | 'sources'
  /** A promise or an item of the stand-up. */
  | 'standup';

/** Publication and row id of a mention that waits for a decision. */
export type PendingPlace = readonly [at: number, id: number];

/** Mentions of a story that people judged another way than their source did. */
export interface SentimentCorrection {
  readonly incidentId: string;
  /** neutral: it was a false alarm; negative: that is taken back. */
  readonly polarity: 'neutral' | 'negative';
  readonly actor: string;
  readonly reason: string;
  /** When the command arrived, UTC ms: from then on it holds. */
  readonly at: number;
}

/**
 * One write transaction. Nothing in it is visible before `Store.write` resolves.
 * Methods may yield to the event loop between slices; no other write runs meanwhile.
 * Questions asked in one go cost one wait. What `policies`, `roster`, `latestSpikes`, `incidentNumber` and
 * `severityCounters` answered is not asked for again, unless the transaction changed it.
 */
export interface StoreTx extends OutboxTx, ChannelTx, ScreenTx, StoryPrintIndex, StandupTx {
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
  /** For each place the nearest leads of the contact before or behind it, the nearest first, as their standing facts say. */
  leadsBeside(
    places: readonly ContactPlace[],
    direction: 'earlier' | 'later',
    limit: number,
  ): Promise<readonly (readonly Omit<ContactPlace, 'contact'>[])[]>;
  /** Versions of each fact that do not stand, in no order; facts without any are left out. */
  factHistory(kind: FactKind, keys: readonly string[]): Promise<ReadonlyMap<string, readonly FactVersion[]>>;
  putFacts(writes: readonly FactWrite[]): Promise<void>;

  /** The stored ledger rows of each customer; customers without any are left out. */
  customerRows(ids: readonly string[]): Promise<ReadonlyMap<string, readonly TimedRow[]>>;
  /** Every order and signing that names the customer as it stands in this transaction, by fact key; customers without any are left out. */
  eventsOfCustomers(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerEvents>>;
  putCustomerRows(changes: readonly CustomerRows[]): Promise<void>;

  /**
   * Adds rows to this transaction's block of the ledger; resolves to the block's position, which is the same for every
   * call of one transaction. Positions rise by one with every transaction that adds rows and commits.
   */
  appendLedger(rows: readonly LedgerRow[]): Promise<number>;

  /** Number of the newest block of the ledger; 0 before the first. */
  ledgerPosition(): Promise<number>;
  /**
   * Removes all blocks and takes a position without one: whatever was made of the blocks before is out of date, and is made
   * anew from the facts. Resolves to that position.
   */
  renewLedger(): Promise<number>;

  /** All facts of a kind in key order, `limit` at a time, after `afterKey`. */
  pageFacts(kind: FactKind, afterKey: string | null, limit: number): Promise<readonly Fact[]>;

  /** The incident of each story; of one that was merged, the incident that carries it on. */
  incidentsByStory(storyKeys: readonly string[]): Promise<ReadonlyMap<string, Incident>>;
  incident(id: string): Promise<Incident | undefined>;
  /** Those there are. */
  incidentsById(ids: readonly string[]): Promise<ReadonlyMap<string, Incident>>;
  /** The incident each of these mentions belongs to, by fact key; mentions of none are left out. */
  incidentsOfMentions(mentionKeys: readonly string[]): Promise<ReadonlyMap<string, Incident>>;
  /** Sums beside these stories that their severity follows from; stories without any are left out and counted anew. */
  severityCounters(incidentIds: readonly string[]): Promise<ReadonlyMap<string, SeverityCounters>>;
  putSeverityCounters(entries: readonly (readonly [incidentId: string, counters: SeverityCounters])[]): Promise<void>;
  /** Removes the sums of these stories, or of all of them (null), because a rule or a move of mentions made them void. */
  forgetSeverityCounters(incidentIds: readonly string[] | null): Promise<void>;
  /** Mentions of an incident in the order they joined, behind `after` (−1 at first). */
  pageMembers(incidentId: string, after: number, limit: number): Promise<readonly { readonly ordinal: number; readonly key: string }[]>;
  /** Ids of open incidents, in order, behind `after`. */
  pageOpenIncidents(after: string | null, limit: number): Promise<readonly string[]>;
  /** The newest spike of each brand that ever had one. */
  latestSpikes(): Promise<readonly BrandSpike[]>;
  /** A spike is known by brand and start; putting it again changes how it went. */
  putSpike(spike: BrandSpike): Promise<void>;
  /** The incident number taken last; 0 before the first. */
  incidentNumber(): Promise<number>;
  /** Takes the next incident numbers, in order. */
  takeIncidentNumbers(count: number): Promise<readonly number[]>;
  /** Writes incidents, clocks and audit lines. A stored version other than `previousVersion` throws. */
  putIncidents(changes: readonly IncidentChange[]): Promise<void>;
  /** Writes who joined which incident, in this order, and keeps the figures of these incidents; the incidents are stored. */
  putMembers(changes: readonly MemberChange[]): Promise<void>;
  /**
   * Moves members from one incident to another one, behind those it has, and keeps the figures of both; both are stored.
   * `keys` null moves all. Resolves to how many moved.
   */
  moveMembers(move: { readonly from: string; readonly into: string; readonly keys: readonly string[] | null }): Promise<number>;
  /** Which of these mentions belong to the incident, and whether it has any others. */
  membersAmong(incidentId: string, keys: readonly string[]): Promise<{ readonly members: readonly string[]; readonly others: boolean }>;
  /** Incidents whose pause has reached its end by `now`, those that ended first before the others. */
  endedPauses(now: number, limit: number): Promise<readonly Incident[]>;
  /** Owed to a story from now on, instead of what was owed to it before. */
  putCorrection(correction: SentimentCorrection): Promise<void>;
  corrections(limit: number): Promise<readonly SentimentCorrection[]>;
  /** Members of the story that are not judged so yet, behind this ordinal, in its order; deleted ones are left out. */
  membersToCorrect(
    correction: SentimentCorrection,
    after: number,
    limit: number,
  ): Promise<readonly { readonly key: string; readonly ordinal: number }[]>;
  /** Nothing happens where another correction took the place of this one. */
  endCorrection(correction: SentimentCorrection): Promise<void>;
  /** Armed clocks with `dueAt <= now`, oldest first, with their incidents. */
  dueClocks(now: number, limit: number): Promise<readonly { incident: Incident; clock: 'response' | 'disposal'; generation: number }[]>;
  /** armed → fired where still armed; false = somebody else was first [T4]. */
  fireClock(incidentId: string, clock: string, generation: number, firedAt: number, latenessMs: number): Promise<boolean>;
  /** The roster in force; empty where none was ever set. */
  roster(): Promise<Roster>;
  /** Every step of these incidents, generation by generation, in the order of their ladder. */
  escalationSteps(incidentIds: readonly string[]): Promise<readonly EscalationStep[]>;
  /** Adds steps, or replaces those of the same incident, generation and name. */
  putEscalationSteps(steps: readonly EscalationStep[]): Promise<void>;
  /** Armed steps with `dueAt <= now`, oldest first. */
  dueSteps(now: number, limit: number): Promise<readonly EscalationStep[]>;
  /** armed → fired where still armed in this round; false = somebody else was first [T4]. `people`: ids of those it calls. */
  fireStep(step: EscalationStep, firedAt: number, people: readonly string[]): Promise<boolean>;
  /** Which of these beginnings of roster gaps somebody was told of, in order. */
  toldGaps(starts: readonly number[]): Promise<readonly number[]>;
  putToldGaps(starts: readonly number[], at: number): Promise<void>;
  /** Ids of incidents with an armed clock or step, or with a stamp of ours from `stamp` on: what a step of our clock may concern [T8]. */
  incidentsStampedFrom(stamp: number): Promise<readonly string[]>;
  /** What is remembered of our own clock, as it was put; undefined before the first time. */
  clockState(): Promise<string | undefined>;
  putClockState(state: string): Promise<void>;
  /**
   * After the clock was set right: settings that were set from an instant of the wrong clock on were set at `move` of it,
   * and no sign of life of a source lies behind `now`.
   */
  settleStamps(from: number, now: number, move: (stamp: number) => number): Promise<void>;
  /** What is known of the epochs of our clock, as it was put; undefined before the first time. From then on every receipt is read by it. */
  clockEpochs(): Promise<string | undefined>;
  putClockEpochs(epochs: string): Promise<void>;
  /** What was quarantined under which clock, as it was put; undefined before the first time. */
  heldEpochs(): Promise<string | undefined>;
  putHeldEpochs(epochs: string): Promise<void>;
  /** Number of the newest quarantined record, whatever became of it; 0 where there is none. */
  newestQuarantined(): Promise<number>;
  /** The newest stamp among the last rows of this store, UTC ms; null in an empty one. */
  newestStamp(): Promise<number | null>;
  /** The answer once given to this command id [C2]. */
  commandAnswer(commandId: string): Promise<string | undefined>;
  putCommandAnswer(commandId: string, answer: string, at: number): Promise<void>;

  quarantine(entries: readonly QuarantineEntry[]): Promise<void>;
  /** open → replayed | discarded, with who and why; false = not open. */
  closeQuarantine(id: number, state: 'replayed' | 'discarded', actor: string, reason: string, at: number): Promise<boolean>;
  /** The same for many; returns how many were open. */
  closeQuarantined(ids: readonly number[], state: 'replayed' | 'discarded', actor: string, reason: string, at: number): Promise<number>;
  putRaw(records: RawRecords): Promise<void>;
  /** Of each instant the greatest is kept; null says nothing. */
  touchStreams(seen: readonly StreamLife[]): Promise<void>;

  /** Throws `Fenced` (a bug-free way out: drop the batch) unless the stored epoch and offset are these. */
  advanceOffset(position: { topic: string; partition: number; epoch: number; nextOffset: number }): Promise<void>;
  /** Stored next offset; null = never consumed. */
  offset(topic: string, partition: number): Promise<{ epoch: number; nextOffset: number | null } | undefined>;
  raiseEpoch(topic: string, partition: number): Promise<Position>;
  /**
   * From now on the position belongs to this log; with `anew` the stored offset belonged to another one and becomes null,
   * with `empty` it becomes 0. Throws `Fenced` unless the stored epoch is this one.
   */
  bindLog(binding: { topic: string; partition: number; epoch: number; logId: string | null; anew: boolean; empty: boolean }): Promise<void>;
  /** A gap is kept once for each log. */
  putGap(gap: LogGap & { logId: string | null; at: number }): Promise<void>;
  /** Returns how many were open. */
  acknowledgeGaps(actor: string, at: number): Promise<number>;
  /** Whether a log or a topic may be left: everything it has accepted is folded, or somebody has said that the rest is not wanted. */
  markLog(log: { name: LogMarkName; caughtUp: boolean; at: number }): Promise<void>;
  /** Counts tries of a record that brought the process down [I9]; returns the tries so far. */
  countAttempt(position: string): Promise<number>;
  clearAttempt(position: string): Promise<void>;

  policies(): Promise<Policies>;
  putPolicy(name: PolicyName, row: { value: unknown; owner: string; reason: string; effectiveFrom: number; setAt: number }): Promise<void>;
  targets(): Promise<readonly Target[]>;
  putTargets(targets: readonly Target[], setAt: number): Promise<void>;
  /** Periods people closed, in the order they were closed. */
  closings(): Promise<readonly HandClosing[]>;
  /** A period is closed once; a second time fails the transaction. */
  putClosing(closing: HandClosing): Promise<void>;

  /** Keeps a person's draft of an answer; one without text and links is removed. */
  putIncidentDraft(incidentId: string, draft: DraftDocument, at: number): Promise<void>;
  /** Dismisses mentions that wait for a decision: those named, or all (null); returns how many. `own`: the brands that are ours. */
  dismissPending(dismissal: {
    readonly keys: readonly string[] | null;
    readonly own: readonly string[];
    readonly actor: string;
    readonly reason: string;
    readonly at: number;
  }): Promise<number>;

  /**
   * Mentions of these brands that wait for a decision, `limit` at a time, behind the place where the page before ended;
   * `next` null = there are no more.
   */
  pagePending(
    own: readonly string[],
    after: PendingPlace | null,
    limit: number,
  ): Promise<{ readonly facts: readonly Fact[]; readonly next: PendingPlace | null }>;

  putCampaignDecision(decision: CampaignDecision, at: number): Promise<void>;

  /** A line in the change log under the next number, which nobody waits for: it travels with the commit. */
  appendChange(touched: readonly Touched[], at: number): Promise<void>;
}
