/**
 * The store's reads on two threads: one for what screens ask every second, one for what
 * may take long, so that counting everything never delays the wall.
 */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { LogRecord } from '../../../pipeline/ports/log.ts';
import type { StoreReads } from '../../../pipeline/ports/reads.ts';
import { translate } from '../errors.ts';
import { createThread, type Thread } from '../threads/thread.ts';
import { recordsOfPage } from './log.ts';
import type { ReadMethods } from './read-methods.ts';

export interface SqliteReads extends StoreReads {
  /** Of the embedded log: half-open range of what is kept. */
  logBounds(topic: string): Promise<{ start: number; end: number }>;
  logRecords(topic: string, fromOffset: number, maxBytes: number): Promise<LogRecord[]>;
  stop(): Promise<void>;
}

/** Kinds with so many facts that a page of them is heavy. */
const manyFacts: ReadonlySet<FactKind> = new Set(['order', 'refund', 'lead', 'leadStatus', 'mention', 'audience']);
const LIGHT_HEAP_MB = 96;
const HEAVY_HEAP_MB = 1_024;
/** What it asks for is rare: its memory is given back. */
const HEAVY_IDLE_MS = 60_000;

export interface ReadThreadData {
  readonly file: string;
  readonly timeZone: string;
  /** How every sealed text begins that can be opened; undefined: any can. */
  readonly opens: readonly string[] | undefined;
}

export function createReads(data: ReadThreadData, now: () => number): SqliteReads {
  const script = new URL('./read-thread.ts', import.meta.url);
  return readsOver(createThread(script, data, LIGHT_HEAP_MB), createThread(script, data, HEAVY_HEAP_MB, HEAVY_IDLE_MS), now);
}

/** The reads over whatever answers calls of `ReadMethods`: threads here, a connection of the same thread in tests. */
export function readsOver(light: Thread, heavy: Thread, now: () => number): SqliteReads {
  async function ask<M extends keyof ReadMethods>(
    thread: Thread,
    method: M,
    ...args: Parameters<ReadMethods[M]>
  ): Promise<ReturnType<ReadMethods[M]>> {
    try {
      return (await thread.call(method, args)) as ReturnType<ReadMethods[M]>;
    } catch (error) {
      throw translate(error);
    }
  }

  return {
    facts: (query) => ask(manyFacts.has(query.kind) ? heavy : light, 'facts', query) as never,
    campaignVersions: () => ask(light, 'campaignVersions'),
    clockCounts: (question) => ask(light, 'clockCounts', question),
    engagement: () => ask(light, 'engagement'),
    mentionSlots: (query) => ask(light, 'mentionSlots', query),
    replayMentions: (query) => ask(heavy, 'replayMentions', query),
    spikesOn: () => ask(light, 'spikesOn'),
    storyHandling: (since) => ask(heavy, 'storyHandling', since),
    pendingHistory: (query) => ask(light, 'pendingHistory', query, now()),
    incidents: (query) => ask(light, 'incidents', query, now()),
    incident: (id) => ask(light, 'incident', id, now()),
    openByDeadline: (at) => ask(light, 'openByDeadline', at),
    nearestUnclaimed: (at) => ask(light, 'nearestUnclaimed', at),
    // A search reads every mention of the story, which may be many.
    incidentMentions: (id, query) => ask(query.search === undefined ? light : heavy, 'incidentMentions', id, query),
    incidentPlatforms: (id, at, limit) => ask(light, 'incidentPlatforms', id, at, limit),
    callsToCome: (id, limit) => ask(light, 'callsToCome', id, limit, now()),
    onDuty: (at) => ask(light, 'onDuty', at),
    answers: (question) => ask(light, 'answers', question),
    lastAnswer: (question) => ask(light, 'lastAnswer', question),
    incidentSpread: (id, at) => ask(light, 'incidentSpread', id, at),
    incidentDraft: (id, person) => ask(light, 'incidentDraft', id, person),
    incidentMention: (id, key) => ask(light, 'incidentMention', id, key),
    audit: (id, query) => ask(light, 'audit', id, query),
    messages: (query) => ask(light, 'messages', query),
    message: (id) => ask(light, 'message', id),
    overdue: (by) => ask(light, 'overdue', by),
    watchdogStories: () => ask(light, 'watchdogStories'),
    outboxHead: () => ask(light, 'outboxHead'),
    outboxBacklog: (channel, upTo) => ask(light, 'outboxBacklog', channel, upTo),
    outboxChannel: (channel, now) => ask(light, 'outboxChannel', channel, now),
    outboxSizes: () => ask(light, 'outboxSizes'),
    causingEvents: (rows) => ask(light, 'causingEvents', rows),
    policies: () => ask(light, 'policies', now()),
    rosterGaps: (query) => ask(light, 'rosterGaps', query, now()),
    nextRosterGap: () => ask(light, 'nextRosterGap', now()),
    policyHistory: (name) => ask(light, 'policyHistory', name),
    targets: () => ask(light, 'targets', now()),
    targetHistory: () => ask(light, 'targetHistory'),
    closings: () => ask(light, 'closings'),
    campaignDecisions: (query) => ask(light, 'campaignDecisions', query),
    standupPromises: (query) => ask(light, 'standupPromises', query),
    standupItems: (query) => ask(light, 'standupItems', query),
    standupPromise: (id) => ask(light, 'standupPromise', id),
    standupItem: (id) => ask(light, 'standupItem', id),
    standupSaid: (query) => ask(light, 'standupSaid', query),
    standupSeq: () => ask(light, 'standupSeq'),
    standupNames: () => ask(light, 'standupNames'),
    storiesOpened: (since) => ask(light, 'storiesOpened', since),
    quarantine: (query) => ask(heavy, 'quarantine', query),
    openQuarantine: (query) => ask(heavy, 'openQuarantine', query),
    quarantineRaws: (ids) => ask(heavy, 'quarantineRaws', ids),
    quarantineRaw: (id) => ask(heavy, 'quarantineRaw', id),
    quarantinedMentions: () => ask(light, 'quarantinedMentions'),
    streams: () => ask(light, 'streams'),
    gaps: () => ask(light, 'gaps'),
    offsets: () => ask(light, 'offsets'),
    logs: () => ask(light, 'logs'),
    channels: () => ask(light, 'channels'),
    channelListVersion: () => ask(light, 'channelListVersion'),
    channelChanges: (limit) => ask(light, 'channelChanges', limit),
    pushSubscriptions: (people) => ask(light, 'pushSubscriptions', people),
    ackUsed: (link) => ask(light, 'ackUsed', link),
    screens: () => ask(light, 'screens'),
    redStories: (before) => ask(light, 'redStories', before),
    counts: () => ask(heavy, 'counts'),
    changeNumber: () => ask(light, 'changeNumber'),
    ledgerBytes: () => ask(light, 'ledgerBytes'),
    logBounds: (topic) => ask(light, 'logBounds', topic),
    logRecords: async (topic, fromOffset, maxBytes) => recordsOfPage(await ask(light, 'logPage', topic, fromOffset, maxBytes)),
    async stop() {
      await Promise.all([light.stop(), heavy.stop()]);
    },
  };
}
