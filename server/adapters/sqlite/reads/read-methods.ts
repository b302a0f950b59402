/** What may be asked of one read-only connection; each question is answered from one snapshot. */
import type { DatabaseSync } from 'node:sqlite';
import type { PolicyName } from '../../../../shared/kpi/targets.ts';
import type { ClocksQuestion } from '../../../domain/kpis/clock-counts.ts';
import type { CausedRow } from '../../../pipeline/ports/reads.ts';
import type { PageQuery } from '../../../pipeline/ports/page.ts';
import { policiesInForce, policyVersions, targetsInForce, targetVersions } from '../settings.ts';
import { readReplayMentions, readStoryHandling } from './back-test.ts';
import { newestSpikes, spikeOf } from '../spike-row.ts';
import { readClockCounts } from './clocks.ts';
import { readClosings } from './closings.ts';
import { readCampaignVersions } from './campaign-versions.ts';
import { readCausingEvents } from './causing-events.ts';
import { readEngagement, readFacts, readMentionSlots } from './facts.ts';
import { readRedStories, readScreens } from './screens.ts';
import { readAudit } from './audit.ts';
import { readAckUsed, readChannelChanges, readChannelListVersion, readChannels, readPushSubscriptions } from './channels.ts';
import { readCampaignDecisions } from './campaign-decisions.ts';
import { readAnswers, readLastAnswer } from './answers.ts';
import { readCallsToCome, readNextRosterGap, readOnDuty, readRosterGaps } from './escalation.ts';
import { readIncidentMention, readIncidentMentions } from './incident-mentions.ts';
import { readIncidentPlatforms } from './incident-platforms.ts';
import { readIncidentDraft, readIncidentSpread } from './incident-desk.ts';
import { readIncident, readIncidents, readNearestUnclaimed, readOpenByDeadline } from './incidents.ts';
import { readLogBounds, readLogPage } from './log.ts';
import { readOutboxBacklog, readOutboxChannel, readOutboxHead, readOutboxSizes, readOverdue, readWatchdogStories } from './outbox.ts';
import { readMessage, readMessages } from './messages.ts';
import { readPendingHistory } from './pending-history.ts';
import { createReader, type Reader } from './reader.ts';
import {
  readCounter,
  readGaps,
  readLogs,
  readOffsets,
  readQuarantine,
  readQuarantinedMentions,
  readOpenQuarantine,
  readQuarantineRaw,
  readQuarantineRaws,
  readStreams,
} from './records.ts';
import { readCounts } from './sizes.ts';
import {
  readStandupItem,
  readStandupItems,
  readStandupNames,
  readStandupPromise,
  readStandupPromises,
  readStandupSaid,
  readStandupSeq,
  readStoriesOpened,
} from './standup.ts';

export function createReadMethods(db: DatabaseSync, timeZone: string, opens?: readonly string[]) {
  return readMethodsOver(createReader(db, timeZone, opens), (read) => (...args) => {
    db.exec('begin');
    try {
      return read(...args);
    } finally {
      db.exec('rollback');
    }
  });
}

/** @param snapshot runs a read within one state of the store: without it, two statements of one answer could see two */
export function readMethodsOver(reader: Reader, snapshot: <A extends readonly unknown[], R>(read: (...args: A) => R) => (...args: A) => R) {
  return {
    facts: snapshot((query: Parameters<typeof readFacts>[1]) => readFacts(reader, query)),
    campaignVersions: snapshot(() => readCampaignVersions(reader)),
    clockCounts: snapshot((question: ClocksQuestion) => readClockCounts(reader, question)),
    engagement: snapshot(() => readEngagement(reader)),
    mentionSlots: snapshot((query: Parameters<typeof readMentionSlots>[1]) => readMentionSlots(reader, query)),
    replayMentions: snapshot((query: Parameters<typeof readReplayMentions>[1]) => readReplayMentions(reader, query)),
    spikesOn: snapshot(() =>
      reader
        .rows(newestSpikes)
        .all()
        .map(spikeOf)
        .filter(({ endedAt }) => endedAt === null),
    ),
    storyHandling: snapshot((since: number) => readStoryHandling(reader, since)),
    pendingHistory: snapshot((query: PageQuery & { readonly since?: number }, now: number) => readPendingHistory(reader, query, now)),
    incidents: snapshot((query: Parameters<typeof readIncidents>[1], now: number) => readIncidents(reader, query, now)),
    incident: snapshot((id: string, now: number) => readIncident(reader, id, now)),
    openByDeadline: snapshot((now: number) => readOpenByDeadline(reader, now)),
    nearestUnclaimed: snapshot((now: number) => readNearestUnclaimed(reader, now)),
    incidentMentions: snapshot((id: string, query: Parameters<typeof readIncidentMentions>[2]) => readIncidentMentions(reader, id, query)),
    incidentSpread: snapshot((id: string, now: number) => readIncidentSpread(reader, id, now)),
    incidentPlatforms: snapshot((id: string, now: number, limit: number) => readIncidentPlatforms(reader, id, now, limit)),
    callsToCome: snapshot((id: string, limit: number, now: number) => readCallsToCome(reader, id, limit, now)),
    onDuty: snapshot((at: number) => readOnDuty(reader, at)),
    answers: snapshot((question: Parameters<typeof readAnswers>[1]) => readAnswers(reader, question)),
    lastAnswer: snapshot((question: Parameters<typeof readLastAnswer>[1]) => readLastAnswer(reader, question)),
    incidentDraft: snapshot((id: string, person: string) => readIncidentDraft(reader, id, person)),
    incidentMention: snapshot((id: string, key: string) => readIncidentMention(reader, id, key)),
    audit: snapshot((id: string, query: PageQuery) => readAudit(reader, id, query)),
    messages: snapshot((query: Parameters<typeof readMessages>[1]) => readMessages(reader, query)),
    message: snapshot((id: number) => readMessage(reader, id)),
    overdue: snapshot((by: number) => readOverdue(reader, by)),
    watchdogStories: snapshot(() => readWatchdogStories(reader)),
    outboxHead: snapshot(() => readOutboxHead(reader)),
    outboxBacklog: snapshot((channel: string, upTo: number) => readOutboxBacklog(reader, channel, upTo)),
    outboxChannel: snapshot((channel: string, now: number) => readOutboxChannel(reader, channel, now)),
    outboxSizes: snapshot(() => readOutboxSizes(reader)),
    causingEvents: snapshot((rows: readonly CausedRow[]) => readCausingEvents(reader, rows)),
    channels: snapshot(() => readChannels(reader)),
    channelListVersion: snapshot(() => readChannelListVersion(reader)),
    channelChanges: snapshot((limit: number) => readChannelChanges(reader, limit)),
    pushSubscriptions: snapshot((people: readonly string[]) => readPushSubscriptions(reader, people)),
    ackUsed: snapshot((link: string) => readAckUsed(reader, link)),
    screens: snapshot(() => readScreens(reader)),
    redStories: snapshot((before: number) => readRedStories(reader, before)),
    policies: snapshot((now: number) => policiesInForce(reader.rows, now)),
    rosterGaps: snapshot((query: Parameters<typeof readRosterGaps>[1], now: number) => readRosterGaps(reader, query, now)),
    nextRosterGap: snapshot((now: number) => readNextRosterGap(reader, now)),
    policyHistory: snapshot((name: PolicyName) => policyVersions(reader.rows, name)),
    targets: snapshot((now: number) => targetsInForce(reader.rows, now)),
    targetHistory: snapshot(() => targetVersions(reader.rows)),
    closings: snapshot(() => readClosings(reader)),
    campaignDecisions: snapshot((query: Parameters<typeof readCampaignDecisions>[1]) => readCampaignDecisions(reader, query)),
    standupPromises: snapshot((query: Parameters<typeof readStandupPromises>[1]) => readStandupPromises(reader, query)),
    standupItems: snapshot((query: Parameters<typeof readStandupItems>[1]) => readStandupItems(reader, query)),
    standupPromise: snapshot((id: string) => readStandupPromise(reader, id)),
    standupItem: snapshot((id: string) => readStandupItem(reader, id)),
    standupSaid: snapshot((query: Parameters<typeof readStandupSaid>[1]) => readStandupSaid(reader, query)),
    standupSeq: snapshot(() => readStandupSeq(reader)),
    standupNames: snapshot(() => readStandupNames(reader)),
    storiesOpened: snapshot((since: number) => readStoriesOpened(reader, since)),
    quarantine: snapshot((query: Parameters<typeof readQuarantine>[1]) => readQuarantine(reader, query)),
    openQuarantine: snapshot((query: Parameters<typeof readOpenQuarantine>[1]) => readOpenQuarantine(reader, query)),
    quarantineRaws: snapshot((ids: readonly number[]) => readQuarantineRaws(reader, ids)),
    quarantineRaw: snapshot((id: number) => readQuarantineRaw(reader, id)),
    quarantinedMentions: snapshot(() => readQuarantinedMentions(reader)),
    streams: snapshot(() => readStreams(reader)),
    gaps: snapshot(() => readGaps(reader)),
    offsets: snapshot(() => readOffsets(reader)),
    logs: snapshot(() => readLogs(reader)),
    counts: snapshot(() => readCounts(reader)),
    changeNumber: snapshot(() => readCounter(reader, 'change')),
    ledgerBytes: snapshot(() => readCounter(reader, 'ledgerBytes')),
    logBounds: snapshot((topic: string) => readLogBounds(reader, topic)),
    logPage: snapshot((topic: string, from: number, maxBytes: number) => readLogPage(reader, topic, from, maxBytes)),
  };
}
export type ReadMethods = ReturnType<typeof createReadMethods>;
