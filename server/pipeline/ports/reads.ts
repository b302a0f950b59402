/** What may be asked of the store outside a transaction: committed state only. */
import type { ClockCounts, ClocksQuestion } from '../../domain/kpis/clock-counts.ts';
import type { ColumnsOf } from '../../domain/fact-columns.ts';
import type { HandClosing } from '../../domain/closing/closing-book.ts';
import type { Fact } from '../../domain/facts.ts';
import type { CampaignVersion } from '../../domain/targets/campaign-windows.ts';
import type { Cause, EntityKind } from '../../domain/ledger/row.ts';
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import type { FactKind } from '../../../shared/events/define.ts';
import type { EventType } from '../../../shared/events/registry.ts';
import type {
  AuditLine,
  IncidentDetail,
  IncidentMention,
  KeptMention,
  IncidentView,
  MentionOrder,
  PendingMention,
} from '../../../shared/incidents/types.ts';
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterGap } from '../../../shared/incidents/roster.ts';
import type { ContactFault } from '../../../shared/incidents/roster-gaps.ts';
import type { DraftAnswer } from '../../../shared/incidents/draft.ts';
import type { IncidentSpread } from '../../../shared/incidents/spread.ts';
import type { CampaignDecision } from '../../../shared/kpi/campaigns.ts';
import type { Policies, PolicyName, Target } from '../../../shared/kpi/targets.ts';
import type { OutboxReads } from './outbox.ts';
import type { Page, PageQuery } from './page.ts';
import type { ReplayPage, StoryHandling } from './replay.ts';
import type { DayAnswers, Praise, UrgencyCounts } from '../../../shared/wire/views/strip.ts';
import type { Heartbeat } from '../../../shared/wire/protocol.ts';
import type { ChannelReads } from './channel-store.ts';
import type { ScreenReads } from './screen-store.ts';
import type { LogGap, LogMarkName } from './log.ts';
import type { StandupReads } from './standup-store.ts';
import type { StreamLife } from './transaction.ts';

/** Absent = any. */
export interface QuarantineFilter {
  readonly state?: QuarantineRow['state'];
  readonly code?: string;
  readonly topic?: string;
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

/** A row of the ledger, as far as it leads to the event that caused it. */
export interface CausedRow {
  readonly kind: EntityKind;
  readonly entity: string;
  /** UTC ms. */
  readonly received: number;
  readonly cause: Cause;
}
export interface CausingEvent {
  readonly source: string;
  /** Of the envelope; null for what an older version of the program stored. */
  readonly id: string | null;
  readonly type: EventType;
  /** UTC ms. */
  readonly time: number;
}

export interface GapRow extends LogGap {
  readonly at: number;
  /** null = nobody has looked into it yet. */
  readonly acknowledgedBy: string | null;
}

/** Where a story stands. */
export interface IncidentPlatforms {
  readonly title: string;
  /** Platform of its first mention. */
  readonly firstSeen: string | null;
  /** Those with the most mentions first; `recent`: of the last 15 minutes. */
  readonly rows: readonly { readonly platform: string; readonly mentions: number; readonly recent: number }[];
  /** How many platforms there are, and mentions on all of them. */
  readonly platforms: number;
  readonly total: number;
}

/** A step of a story's ladder that has not come yet, with those who would be called were it to come now. */
export interface CallToCome {
  readonly at: number;
  /** Empty where the owner is called. */
  readonly roles: readonly RosterRole[];
  /** With those of the roles that each person holds then. */
  readonly people: readonly { readonly name: string; readonly reachable: boolean; readonly roles: readonly RosterRole[] }[];
}

/** Who holds each role. */
export interface OnDuty {
  /** The roster has people at all. */
  readonly set: boolean;
  readonly roles: readonly { readonly role: RosterRole; readonly people: readonly string[] }[];
}

/** `search`: only mentions whose title, text or author hold these words. */
export interface MentionsQuery extends PageQuery {
  readonly order: MentionOrder;
  readonly search?: string;
}

/** Reads see committed state only, and never block the line: they run on read-only connections elsewhere. */
export interface StoreReads extends OutboxReads, ChannelReads, ScreenReads, StandupReads {
  /** Standing facts of the small kinds, newest event time first. */
  facts<K extends FactKind>(query: {
    kind: K;
    from?: number;
    to?: number;
    limit: number;
  }): Promise<readonly { fact: Fact; columns: ColumnsOf<K> }[]>;
  /** Every version of plans and ends of campaigns, superseded ones too, in no order. */
  campaignVersions(): Promise<readonly CampaignVersion[]>;
  /** Engagement totals per campaign: the sum over platform and content of the highest versions (R20). */
  /** How clocks ended whose deadline lies in a range of time, as known now. */
  clockCounts(question: ClocksQuestion): Promise<ClockCounts>;
  engagement(): Promise<readonly { campaignId: string; reads: number; likes: number; shares: number }[]>;
  /** Mention counts per brand and polarity with published time in [from, to), by slots of `stepMs`; slot 0 starts at `from`. */
  mentionSlots(query: {
    from: number;
    to: number;
    stepMs: number;
  }): Promise<readonly { slot: number; brand: string; polarity: string; count: number }[]>;
  /** Negative mentions that stand, of every brand, published in [from, to), by publication and key, behind `after`. */
  replayMentions(query: {
    readonly from: number;
    readonly to: number;
    readonly after: readonly [at: number, key: string] | null;
    readonly limit: number;
  }): Promise<ReplayPage>;
  /** Spikes of negative mentions that are on. */
  spikesOn(): Promise<readonly BrandSpike[]>;
  /** What became of the stories that were open at some time since then (UTC ms), drills left out. */
  storyHandling(since: number): Promise<readonly StoryHandling[]>;
  /** Own brands' negative mentions that were too old to open a clock and belong to no incident, newest first; with `since`, `total` counts those published since, UTC ms. */
  pendingHistory(query: PageQuery & { readonly since?: number }): Promise<Page<PendingMention>>;
  /** Open ones by nearest owed deadline (see `owedClock`), closed ones newest first. */
  incidents(query: PageQuery & { readonly open: boolean }): Promise<Page<IncidentView>>;
  /** How many open incidents there are by their nearest owed deadline. */
  openByDeadline(now: number): Promise<UrgencyCounts>;
  /**
   * Of the stories nobody claimed, drills left out, the nearest deadline ahead of `now`, UTC ms, and less than 15 minutes away, else
   * the oldest deadline; null = every open story is somebody's. The stories are the present ones, as in `incidents`.
   */
  nearestUnclaimed(now: number): Promise<IncidentView | null>;
  /** With the newest mentions and audit lines; never larger than 256 KB [T9]. */
  incident(id: string): Promise<IncidentDetail | undefined>;
  /** Mentions of an incident; a page holds fewer than `limit` when their texts are long. undefined = no such incident. */
  incidentMentions(incidentId: string, query: MentionsQuery): Promise<Page<IncidentMention> | undefined>;
  /**
   * At most `limit` platforms of an incident as of `now`, UTC ms. undefined = no such incident. The counts are the present ones:
   * for an earlier moment they would be taken from the ledger by story.
   */
  incidentPlatforms(incidentId: string, now: number, limit: number): Promise<IncidentPlatforms | undefined>;
  /** The next steps of an incident's ladder, at most `limit`, and how many there are. Of an earlier moment nothing is known: steps are moved and stopped in place. */
  callsToCome(incidentId: string, limit: number): Promise<{ readonly calls: readonly CallToCome[]; readonly total: number }>;
  /** Who holds each role of the roster in force at that moment, UTC ms; of an earlier moment by the roster as it is known now. */
  onDuty(at: number): Promise<OnDuty>;
  /** What became by `asOf` of the response clocks that began in [from, to), UTC ms; their own stamps answer an earlier moment too. */
  answers(question: { readonly from: number; readonly to: number; readonly asOf: number }): Promise<DayAnswers>;
  /** The last answer that came in time, after `since` and up to `asOf`, UTC ms; likewise. */
  lastAnswer(question: { readonly since: number; readonly asOf: number }): Promise<Praise | null>;
  /** How far an incident has spread; its hours end with `now`, UTC ms. undefined = no such incident. */
  incidentSpread(incidentId: string, now: number): Promise<IncidentSpread | undefined>;
  /** The draft of a person, and who else has begun one. */
  incidentDraft(incidentId: string, person: string): Promise<DraftAnswer>;
  /** One mention of an incident with its whole text. */
  incidentMention(incidentId: string, mentionKey: string): Promise<KeptMention | undefined>;
  /** Audit lines, newest first; a page holds fewer than `limit` when they are long. undefined = no such incident. */
  audit(incidentId: string, query: PageQuery): Promise<Page<AuditLine> | undefined>;
  /** The event behind each row of the ledger, in order; null where none is known. */
  causingEvents(rows: readonly CausedRow[]): Promise<readonly (CausingEvent | null)[]>;
  policies(): Promise<Policies>;
  /**
   * Stretches of time within [from, to) in which nobody on the roster in force holds a role that the ladder in force calls,
   * role by role, and contacts of channels that do not exist.
   */
  rosterGaps(query: {
    readonly from: number;
    readonly to: number;
  }): Promise<{ readonly roles: readonly RosterRole[]; readonly gaps: readonly RosterGap[]; readonly contacts: readonly ContactFault[] }>;
  /** The first one of the coming seven days with nobody to call at the bottom of the ladder, and how many follow; null where there is none or no roster. */
  nextRosterGap(): Promise<Heartbeat['rosterGap']>;
  policyHistory(
    name: PolicyName,
  ): Promise<readonly { version: number; value: unknown; owner: string; reason: string; effectiveFrom: number; setAt: number }[]>;
  targets(): Promise<readonly Target[]>;
  /** Every target ever set, in the order they were set; `setAt` UTC ms. */
  targetHistory(): Promise<readonly { target: Target; setAt: number }[]>;
  /** Periods people closed, in the order they were closed; `workspaceSince`: the store's making, UTC ms. */
  closings(): Promise<{ readonly workspaceSince: number; readonly byHand: readonly HandClosing[] }>;
  /** Those of one campaign, newest first, or the newest of every campaign. */
  campaignDecisions(query: { readonly campaignId: string } | { readonly newest: true }): Promise<readonly CampaignDecision[]>;
  /** Newest first; `total` counts what passes the filter, on every page. */
  quarantine(query: QuarantineFilter & { limit: number; before?: number }): Promise<{ total: number; rows: readonly QuarantineRow[] }>;
  /** Open records, oldest first, with ids behind `after` up to `upTo`. `kept`: how many of the record's bytes are there. */
  openQuarantine(
    query: Omit<QuarantineFilter, 'state'> & { after: number; upTo: number; limit: number },
  ): Promise<readonly { id: number; length: number; kept: number }[]>;
  /** In the order of the ids; ids that do not exist are left out. */
  quarantineRaws(ids: readonly number[]): Promise<readonly { id: number; raw: Uint8Array; receivedAt: number }[]>;
  quarantineRaw(id: number): Promise<Uint8Array | undefined>;
  /** Open quarantined records that are or may be mentions, or change the polarity of one [I9]. */
  quarantinedMentions(): Promise<number>;
  streams(): Promise<readonly StreamLife[]>;
  gaps(): Promise<readonly GapRow[]>;
  /** Partitions of which something was read. */
  offsets(): Promise<readonly { topic: string; partition: number; epoch: number; nextOffset: number; logId: string | null }[]>;
  /** Logs that were marked, with what was said last. */
  logs(): Promise<readonly { name: LogMarkName; caughtUp: boolean; at: number }[]>;
  counts(): Promise<Readonly<Record<string, number>>>;
  changeNumber(): Promise<number>;
  /** Bytes of the blocks of ledger rows that are kept. */
  ledgerBytes(): Promise<number>;
}
