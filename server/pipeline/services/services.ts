/** What the HTTP edge may ask of the line. Refusals are values; `Unavailable` is thrown. */
import type { ItemResult } from '../../../shared/events/outcomes.ts';
import type { LedgerStatus } from '../ports/ledger.ts';
import type {
  AuditPage,
  IncidentCommand,
  IncidentDetail,
  KeptMention,
  IncidentPage,
  MentionPage,
  PendingPage,
} from '../../../shared/incidents/types.ts';
import type { CampaignGrouping, OPEN_CAMPAIGNS } from '../../../shared/kpi/campaign-choices.ts';
import type {
  CampaignBasis,
  CampaignDecision,
  CampaignDetail,
  CampaignPage,
  CampaignPhase,
  DecisionDocument,
} from '../../../shared/kpi/campaigns.ts';
import type { ChannelsDocument, ChannelList, ChannelTest, PushDocument, TestOutcome } from '../../../shared/incidents/channels.ts';
import type { AckState } from '../../domain/alerts/words.ts';
import type { AnomaliesAnswer } from '../../../shared/kpi/anomalies.ts';
import type { CalendarAnswer } from '../../../shared/kpi/calendar.ts';
import type { KpiChange } from '../../../shared/kpi/change.ts';
import type { KpiComparison } from '../../../shared/kpi/compare.ts';
import type { KpiDefinitions } from '../../../shared/kpi/definitions.ts';
import type { KpiExplanation } from '../../../shared/kpi/explain.ts';
import type { RosterPlan, RosterPlanRequest } from '../../../shared/incidents/roster-plan.ts';
import type { RosterGapsAnswer } from '../../../shared/incidents/roster-gaps.ts';
import type { KpiSeries } from '../../../shared/kpi/series.ts';
import type { BackTestRequest, BackTestResult } from '../../../shared/incidents/back-test.ts';
import type { PeriodPage, PeriodRow } from '../../../shared/kpi/periods.ts';
import type { RestatementPage } from '../../../shared/kpi/restatements.ts';
import type { Grain, KpiAnswer } from '../../../shared/kpi/types.ts';
import type { ScreenMessage } from '../../../shared/screens/screen-message.ts';
import type { PaintReport, ScreenDocument, ScreenList } from '../../../shared/screens/screen-report.ts';
import type { SourceHealth, Stream, StreamFreshness } from '../../../shared/wire/freshness.ts';
import type { Snapshot } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import type { Refusal } from '../ports/refusal.ts';
import type { BoardService } from '../ports/past.ts';
import type { DrillService } from './drills.ts';
import type { MessageService } from './messages.ts';
import type { TargetService, PolicyService } from './setting-services.ts';
import type { StandupService } from './standup.ts';
import type { PageQuery } from '../ports/page.ts';
import type { DismissCommand, DraftAnswer, DraftDocument } from '../../../shared/incidents/draft.ts';
import type { IncidentExposure } from '../../../shared/incidents/exposure.ts';
import type { IncidentSpread } from '../../../shared/incidents/spread.ts';
import type { MentionsQuery, QuarantineFilter, QuarantineRow } from '../ports/reads.ts';

/** Intake of events from HTTP: the same checks as at consumption, then the log. */
export interface EventIntake {
  /** One item = the bytes of one structured CloudEvent. One answer per item, in order [I11]. */
  submit(items: readonly Uint8Array[], request: { id: string; receivedAt: number }): Promise<readonly ItemResult[]>;
}

export interface KpiQuery {
  readonly grain: Grain;
  readonly period: string;
  /** Empty = every KPI that has a value without more arguments. */
  readonly kpis: readonly string[];
  readonly by: string | null;
  readonly where: readonly { dim: string; value: string | null }[];
  /** UTC ms; null = now. */
  readonly asOf: number | null;
  readonly knownAt: number | null;
}
export interface KpiService {
  query(query: KpiQuery): Promise<KpiAnswer | Refusal>;
}

export interface CampaignQuery {
  /** null, both of them = everything so far. */
  readonly grain: Grain | null;
  readonly period: string | null;
  readonly basis: CampaignBasis;
}
export interface CampaignListQuery extends CampaignQuery, PageQuery {
  /** A figure or another sortable field; a leading “-” sorts downwards. */
  readonly sort: string;
  readonly filter: CampaignFilter;
  /** Absent = the rows are not put together. */
  readonly group?: CampaignGrouping;
}
/** Absent = any. The phase `open`: any but `ended`; a campaign without a plan has no phase and is never over. */
export interface CampaignFilter {
  readonly phase?: CampaignPhase | typeof OPEN_CAMPAIGNS;
  readonly owner?: string;
  readonly kind?: string;
  /** Only those of high spend with low return. */
  readonly flagged?: boolean;
  /** Part of a name or an id. */
  readonly text?: string;
  readonly ids?: readonly string[];
}
export interface CampaignService {
  list(query: CampaignListQuery): Promise<CampaignPage | Refusal>;
  get(id: string, query: CampaignQuery): Promise<CampaignDetail | Refusal>;
  /** `receivedAt`: server time the request arrived. */
  decide(id: string, decision: DecisionDocument, receivedAt: number): Promise<CampaignDecision | Refusal>;
}

/** One KPI and one cell of it. */
export interface KpiCellQuery extends Pick<KpiQuery, 'grain' | 'period' | 'where' | 'asOf' | 'knownAt'> {
  readonly kpi: string;
}
export interface KpiExplainQuery extends KpiCellQuery {
  /** null = the first there is. */
  readonly part: string | null;
  readonly limit: number;
  readonly cursor: string | null;
}
export interface KpiChangeQuery extends Omit<KpiCellQuery, 'knownAt'> {
  /** Moments of what was known, UTC ms. */
  readonly from: number;
  readonly to: number;
}
export interface KpiCompareQuery extends KpiCellQuery {
  /** previous · year · node · the name of a period. */
  readonly against: string;
  readonly by: string | null;
}
export interface KpiSeriesQuery extends Pick<KpiQuery, 'kpis' | 'by' | 'where' | 'asOf' | 'knownAt'> {
  /** Days; null = the last thirty. */
  readonly from: string | null;
  readonly to: string | null;
  readonly every: string;
}
/** What KPIs are made of, why they changed, and how they compare. */
export interface KpiInsightService {
  explain(query: KpiExplainQuery): Promise<KpiExplanation | Refusal>;
  change(query: KpiChangeQuery): Promise<KpiChange | Refusal>;
  compare(query: KpiCompareQuery): Promise<KpiComparison | Refusal>;
  series(query: KpiSeriesQuery): Promise<KpiSeries | Refusal>;
  definitions(): Promise<KpiDefinitions>;
}

export interface BackTestService {
  /** Tries a value of a policy on the stored mentions of so many days; writes nothing. */
  run(name: string, request: BackTestRequest): Promise<BackTestResult | Refusal>;
}

export interface PeriodClosing {
  readonly commandId?: string;
  readonly owner: string;
  readonly reason: string;
}
export interface PeriodService {
  /** Days and months of a range of days, YYYY-MM-DD, both ends included. */
  list(query: PageQuery & { readonly from: string | null; readonly to: string | null }): Promise<PeriodPage | Refusal>;
  /** Closes a month, or a day of history, from this moment on. */
  close(period: string, closing: PeriodClosing): Promise<PeriodRow | Refusal>;
}

export interface RestatementService {
  /** Of a range of days, YYYY-MM-DD, both ends included; no KPI named = all. */
  list(
    query: PageQuery & { readonly from: string | null; readonly to: string | null; readonly kpis: readonly string[] },
  ): Promise<RestatementPage | Refusal>;
}
export interface AnomalyService {
  /** `from`, `to`: business days, both included; null = yesterday, today. `kpi` null = all. */
  list(query: {
    readonly from: string | null;
    readonly to: string | null;
    readonly kpi: string | null;
  }): Promise<AnomaliesAnswer | Refusal>;
}
export interface CalendarService {
  days(query: { readonly from: string | null; readonly to: string | null }): Promise<CalendarAnswer | Refusal>;
}

export interface RosterService {
  /** Of so many times 24 h from now on. */
  gaps(days: number): Promise<RosterGapsAnswer>;
  /** The shifts of a weekly pattern; nothing is stored. */
  plan(request: RosterPlanRequest): Promise<RosterPlan | Refusal>;
}

export interface IncidentService {
  list(query: PageQuery & { readonly open: boolean }): Promise<IncidentPage>;
  get(id: string): Promise<IncidentDetail | undefined>;
  /** undefined = no such incident, here and below. */
  mentions(id: string, query: MentionsQuery): Promise<MentionPage | undefined>;
  /** One of its mentions with its whole text. */
  mention(id: string, mentionKey: string): Promise<KeptMention | undefined>;
  spread(id: string): Promise<IncidentSpread | undefined>;
  exposure(id: string): Promise<IncidentExposure | undefined>;
  draft(id: string, person: string): Promise<DraftAnswer>;
  putDraft(id: string, draft: DraftDocument, receivedAt: number): Promise<DraftAnswer>;
  /** Dismisses mentions that wait for a decision; answers how many. */
  dismissPending(command: DismissCommand, receivedAt: number): Promise<{ readonly dismissed: number } | Refusal>;
  audit(id: string, query: PageQuery): Promise<AuditPage | undefined>;
  /** `receivedAt`: server time the request arrived; an answer counts by it [T6]. */
  command(id: string, command: IncidentCommand, receivedAt: number): Promise<IncidentDetail | Refusal>;
  pendingHistory(query: PageQuery): Promise<PendingPage>;
  /** Opens an incident for a mention that was too old to open one by itself. */
  openHistory(mentionKey: string, by: { commandId: string; actor: string }, receivedAt: number): Promise<IncidentDetail | Refusal>;
}

export interface QuarantineService {
  list(query: QuarantineFilter & PageQuery): Promise<QuarantinePage>;
  raw(id: number): Promise<Uint8Array | Refusal>;
  /** Sends the bytes through the ordinary path again. */
  replay(id: number, actor: string): Promise<ItemResult | Refusal>;
  discard(id: number, actor: string, reason: string): Promise<{ discarded: true } | Refusal>;
  /** Begins to send all open records that pass the filter again, oldest first; refused while another task runs. */
  replayMany(filter: OpenFilter, actor: string): Promise<QuarantineTask | Refusal>;
  discardMany(filter: OpenFilter, actor: string, reason: string): Promise<QuarantineTask | Refusal>;
  task(id: string): QuarantineTask | Refusal;
}
export interface QuarantinePage {
  readonly rows: readonly QuarantineRow[];
  /** How many pass the filter in all. */
  readonly total: number;
  /** The cursor of the next page; null when this is the last one. */
  readonly next: string | null;
}
/** Which open records a task works on: those of a code, of a topic, or all. */
export type OpenFilter = Pick<QuarantineFilter, 'code' | 'topic'>;
/** Work on many quarantined records. It ends with the process: what is open then is open still, and the same task may begin anew. */
export interface QuarantineTask {
  readonly id: string;
  readonly action: 'replay' | 'discard';
  readonly state: 'running' | 'done' | 'stopped';
  /** Open records that passed the filter when it began. */
  readonly total: number;
  /** Of these, how many it has worked on. */
  readonly done: number;
  /** What became of them: closed as replayed or discarded; open still, because they are bad again or their bytes were cut. */
  readonly closed: number;
  readonly stillBad: number;
  /** Why it waits, such as `overloaded`; null while it goes on. */
  readonly waitsFor: string | null;
  /** UTC ms. */
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface SourceService {
  /** Lets topics stopped by too many bad records [I10] be read again; without effect on those that are not. */
  resume(actor: string): Promise<Resumed>;
  /** A sign of life of what feeds a stream [S3]. */
  alive(stream: Stream): Promise<Alive>;
}

export interface Alive {
  readonly stream: Stream;
  /** The store's clock. */
  readonly aliveAt: number;
}

/** Topics that were stopped and are read again, and how many gaps were open. */
export interface Resumed {
  readonly resumed: readonly string[];
  readonly acknowledgedGaps: number;
}

export interface Readiness {
  readonly ready: boolean;
  /** Codes with a sentence each; empty when ready. */
  readonly reasons: readonly { code: string; detail: string }[];
  /** Events taken and not yet folded, all partitions; null when a source cannot say. */
  readonly lag: number | null;
  readonly sources: readonly SourceHealth[];
  readonly streams: readonly StreamFreshness[];
  /** What consumption made of records since the process started. */
  readonly consumed: Readonly<Record<'applied' | 'older' | 'duplicate' | 'quarantined' | 'skipped' | 'tombstone', number>>;
  readonly ledger: LedgerStatus;
  readonly workspace: { readonly demo: boolean };
  readonly build: string;
}

export interface ChannelService {
  list(): Promise<ChannelList>;
  /** Replaces the list. */
  put(document: ChannelsDocument): Promise<ChannelList | Refusal>;
  /** Sends one message and says what the provider answered. */
  test(id: string, to: ChannelTest): Promise<TestOutcome | Refusal>;
}
export interface PushService {
  publicKey(): Promise<{ readonly publicKey: string }>;
  subscribe(document: PushDocument): Promise<{ readonly id: string } | Refusal>;
}
export interface AckAnswer {
  readonly state: AckState;
  /** Of the incident; empty when there is none. */
  readonly code: string;
  /** Whom the sentence names. */
  readonly name: string;
  readonly incidentId: string | null;
}
/** Links that claim an incident from a chat. */
export interface AcknowledgeService {
  /** Changes nothing: mail programs follow links by themselves. */
  look(token: string, now: number): Promise<AckAnswer>;
  claim(token: string, receivedAt: number): Promise<AckAnswer>;
}

export interface ScreenService {
  /** `receivedAt`: server time the request arrived. */
  painted(id: string, report: PaintReport, receivedAt: number): Promise<ScreenMessage | Refusal>;
  list(): Promise<ScreenList>;
  rename(id: string, document: ScreenDocument): Promise<ScreenList | Refusal>;
  identify(id: string): Promise<ScreenMessage | Refusal>;
  forget(id: string): Promise<ScreenList | Refusal>;
  /** What a screen that connects is told of itself; null where it is not known. */
  message(id: string): Promise<ScreenMessage | null>;
}

export interface Services {
  readonly intake: EventIntake;
  readonly kpis: KpiService;
  readonly campaigns: CampaignService;
  readonly insights: KpiInsightService;
  readonly targets: TargetService;
  readonly policies: PolicyService;
  readonly backTests: BackTestService;
  readonly periods: PeriodService;
  readonly restatements: RestatementService;
  readonly anomalies: AnomalyService;
  readonly calendar: CalendarService;
  readonly incidents: IncidentService;
  readonly channels: ChannelService;
  readonly push: PushService;
  readonly acknowledge: AcknowledgeService;
  readonly messages: MessageService;
  readonly roster: RosterService;
  readonly drills: DrillService;
  readonly standup: StandupService;
  readonly quarantine: QuarantineService;
  readonly sources: SourceService;
  readonly screens: ScreenService;
  /** The wall as it was. */
  readonly board: BoardService;
  snapshot(view: ViewName): Promise<Snapshot>;
  readiness(): Promise<Readiness>;
  /** Leaves the demo workspace for the real, empty one; refused when it is already real. */
  startRealWorkspace(): Promise<{ started: true } | Refusal>;
}
