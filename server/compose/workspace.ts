/**
 * One workspace: a store with its log, the consumption that fills the store, the services that
 * answer from it and the streams that push its changes. The process shows one workspace at a
 * time; leaving the demo stops its workspace and starts the real one.
 */
import { createOwnEvents } from '../adapters/secrets/own-events.ts';
import { encodeUtf8, decodeUtf8 } from '../adapters/system/bytes.ts';
import { sha256 } from '../adapters/system/hash.ts';
import { randomId } from '../adapters/system/identity.ts';
import { createPacer } from '../adapters/sqlite/transaction/pacer.ts';
import type { SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import { topics, type Topic } from '../../shared/events/define.ts';
import { digitsOf } from '../../shared/money/currency.ts';
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import type { Patch } from '../../shared/wire/protocol.ts';
import type { Workspace as ScreenWorkspace } from '../../shared/wire/workspace.ts';
import { createKeptAnswers } from '../pipeline/figures/kept-answers.ts';
import { createRunningSums } from '../pipeline/push/running-sums.ts';
import { createAnomalyWatch } from '../pipeline/anomalies/watch.ts';
import { createBroadcaster, type Broadcaster } from '../pipeline/push/broadcaster.ts';
import { createClockWatch } from '../pipeline/incidents/clock-watch.ts';
import { withMarkedStamps } from '../pipeline/incidents/mark-stamps.ts';
import { createDeadlines } from '../pipeline/incidents/deadlines.ts';
import { createGapWatch } from '../pipeline/incidents/gap-watch.ts';
import { createSpikeWatch } from '../pipeline/incidents/spike-watch.ts';
import { createRestateSentiment } from '../pipeline/incidents/restate-sentiment.ts';
import { createDecoder, type Decode } from '../pipeline/decode/decode.ts';
import { createAnomalyService } from '../pipeline/services/anomalies.ts';
import { createCalendarService } from '../pipeline/services/calendar.ts';
import { createEventIntake } from '../pipeline/services/event-intake.ts';
import { createHeartbeat, streamFreshness, type HeartbeatLoop } from '../pipeline/push/heartbeat.ts';
import { createUsualSilences } from '../pipeline/push/usual-silences.ts';
import { openIncidents } from '../pipeline/incidents/intake.ts';
import { sumOfCounts } from '../pipeline/ingest/consumed.ts';
import { createIngest } from '../pipeline/ingest/ingest.ts';
import { createFiguresAhead } from '../pipeline/services/figures-ahead.ts';
import { createExposure } from '../pipeline/services/incident-exposure.ts';
import { createIncidentService } from '../pipeline/services/incidents.ts';
import { createBoardService } from '../pipeline/push/board.ts';
import { createBackTests } from '../pipeline/services/back-tests.ts';
import { dutiesAfterBrands } from '../pipeline/services/duties-after-brands.ts';
import { rebuildMentions } from '../pipeline/fold/rebuild.ts';
import { dutiesAfterSeverity, dutiesAfterWords } from '../pipeline/services/duties-after-severity.ts';
import { dutiesAfterPolarity } from '../pipeline/services/duties-after-polarity.ts';
import { createCampaignService } from '../pipeline/services/campaigns.ts';
import { createKpiService } from '../pipeline/services/kpis.ts';
import { createKpiInsights } from '../pipeline/services/kpi-insights.ts';
import { createPeriodService } from '../pipeline/services/periods.ts';
import { createPolicyService } from '../pipeline/services/policies.ts';
import { createCommit, type OnCommitted } from '../pipeline/ports/commit.ts';
import { createProblems, type Problems } from '../pipeline/ports/problems.ts';
import { createDrillService } from '../pipeline/services/drills.ts';
import { createMessageService } from '../pipeline/services/messages.ts';
import { createHeldEvents } from '../pipeline/services/held-events.ts';
import { createQuarantineService } from '../pipeline/services/quarantine.ts';
import { createQuarantineTasks } from '../pipeline/services/quarantine-tasks.ts';
import { createRestatementService } from '../pipeline/services/restatements.ts';
import { createRosterService } from '../pipeline/services/roster.ts';
import { refuseUnknownChannels } from '../pipeline/services/roster-contacts.ts';
import type { Services } from '../pipeline/services/services.ts';
import { createStandupService } from '../pipeline/services/standup.ts';
import { createTargetService } from '../pipeline/services/targets.ts';
import { createViews } from '../pipeline/push/views/all.ts';
import { composeChannels } from './channels.ts';
import { composeScreens } from './screens.ts';
import { composeOutbox } from './outbox.ts';
import { composeWatchdog, submitOwn } from './watchdog.ts';
import type { Foundation } from './foundation.ts';
import { createWelcome, type Welcome } from '../pipeline/push/welcome.ts';
import { createHousekeeping } from './housekeeping.ts';
import { ledgerFilesOf, ledgerReason } from './ledger.ts';
import { createLeftLog } from './left-log.ts';
import { openEmbeddedLog, openLog, type LogSource } from './log-source.ts';
import { createOpenGaps } from './open-gaps.ts';
import { clockReason, readinessOf } from './readiness.ts';

/** Where patches and heartbeats of a workspace go. */
export interface Screens {
  publish(patch: Patch): void;
  watched(view: Patch['view']): boolean;
  beat: Parameters<typeof createHeartbeat>[0]['send'];
  tell: Parameters<typeof composeScreens>[1]['tell'];
  welcome: Parameters<typeof createWelcome>[0]['send'];
}

export interface Workspace {
  readonly demo: boolean;
  readonly store: SqliteStore;
  readonly problems: Problems;
  readonly services: Omit<Services, 'startRealWorkspace'>;
  readonly streams: Pick<Broadcaster, 'snapshot' | 'positions'> & { welcome: Welcome['current']; screen: Services['screens']['message'] };
  readonly heartbeat: Pick<HeartbeatLoop, 'latest'>;
  /** Resolves after `stop`; rejects when a part cannot go on, which ends the process [I14]. */
  run(screens: Screens): Promise<void>;
  /** Stops intake, finishes the batch under way, closes log and store. */
  stop(): Promise<void>;
}

/** Takes over the store: `stop` closes it. */
export function composeWorkspace(foundation: Foundation, opened: SqliteStore, demo: boolean): Workspace {
  const { clock, timers, calendar, nodesOf, logger, metrics, config, build } = foundation;
  const problems = createProblems();
  const store = withMarkedStamps(opened, () => watch.doubt());
  const onHealth = ({ source, state }: SourceHealth) => metrics.source(source, state);
  const log = openLog(foundation, store, !demo, onHealth);
  const ledger = foundation.openLedger(opened.file);
  const sums = createRunningSums({ ledger, calendar, clock });
  const answers = createKeptAnswers({ ledger, clock });
  const pacer = createPacer();
  const yieldIfDue = () => pacer.yieldIfDue();
  const anomalies = createAnomalyWatch({ ledger, reads: store.reads, calendar, nodesOf, clock, yieldIfDue });
  const broadcaster = createBroadcaster({
    views: createViews({ reads: store.reads, sums, anomalies, calendar, nodesOf, clock }),
    clock,
    timers,
    problems,
    epoch: randomId(),
  });
  let welcomeAll: Screens['welcome'] = () => undefined;
  const welcome = createWelcome({
    ...{ reads: store.reads, timers },
    workspace: workspaceOf(foundation, demo),
    send: (message) => welcomeAll(message),
  });
  ledger.onStatus((status) => metrics.ledger(status));
  const onCommitted: OnCommitted = (touched, at, appended) => {
    if (appended) {
      ledger.advance(appended.position);
      metrics.ledger(ledger.status());
    }
    sums.onCommit(appended);
    answers.onCommit(appended);
    broadcaster.onCommit(touched, at);
    welcome.onCommit(touched);
    outbox.onCommit(touched);
  };
  // Every stamp of the store follows elapsed time until the watch has noticed a step and corrected what came before it.
  const commit = createCommit(store, { now: () => watch.receipts.now(), monotonic: () => clock.monotonic() }, onCommitted);
  const watch = createClockWatch({
    // The clock watch writes through the store without marked stamps, because what it writes is the correction of the clock.
    commit: createCommit(opened, clock, onCommitted),
    ...{ clock, machine: foundation.machine, calendar, problems, logger },
    onReceiptsCorrected(position) {
      ledger.advance(position);
      answers.forget();
    },
  });
  const ownEvents = createOwnEvents(foundation.secretKeys(), opened.storeId);
  const decodeAt = createDecoder({ currency: config.currency, decodeUtf8, isOwn: ownEvents.isOwn });
  // Unless the clock watch finds the clock of this machine right, no event is refused for being dated in the future.
  const decode: Decode = (value, headers, now) => decodeAt(value, headers, watch.doubt()?.clockBehindMs === 0 ? now : Infinity);
  const ingestOf = ({ name, consumer }: LogSource) =>
    createIngest({
      ...{
        store,
        decode,
        calendar,
        clock,
        workspaceSince: opened.createdAt,
        logName: name,
        clockEpoch: () => watch.receipts.epoch(),
        openIncidents: (tx, changes, context) => openIncidents(tx, changes, { ...context, otherwise: watch.otherwise() }),
        sha256,
        encodeUtf8,
        yieldIfDue,
        logger,
        metrics,
        commit,
      },
      pause: (topic, reason, detail) => consumer.pause(topic, reason, detail),
    });
  const ingest = ingestOf(log);
  const embedded = openEmbeddedLog(foundation, store, onHealth);
  const leftIngest = ingestOf(embedded);
  const left = createLeftLog({ store, configured: log, embedded, handler: leftIngest, now: () => clock.now(), timers, problems });
  const openGaps = createOpenGaps(store.reads, commit, log.consumer);
  const deadlines = createDeadlines({ commit, watch, clock, timers, problems, metrics, logger });
  const spikes = createSpikeWatch({ reads: store.reads, commit, clock, timers, logger });
  const rosterGaps = createGapWatch({ commit, calendar, clock, timers, logger });
  const housekeeping = createHousekeeping(foundation, {
    store,
    earliestNow: () => watch.earliest(),
    movedTo: () => ledger.status().position,
    ledgerFiles: ledgerFilesOf(opened.file),
  });
  const sources = () => {
    const reading = left.source();
    return reading ? [reading, waiting(log.consumer.health())] : [log.consumer.health()];
  };
  const silences = createUsualSilences({ ledger, reads: store.reads, calendar, clock, timers });
  const freshness = {
    reads: store.reads,
    reachedEndAt: (topic: Topic) => log.consumer.reachedEndAt(topic),
    usualSilence: silences.at,
  };
  let beat: Screens['beat'] = () => undefined;
  let tell: Screens['tell'] = () => undefined;
  const screens = composeScreens(foundation, {
    ...{ reads: store.reads, commit, watch, problems, positions: () => broadcaster.positions() },
    tell: (id, message) => tell(id, message),
  });
  const heartbeat = createHeartbeat({
    ...{ ...freshness, reads: store.reads, clock, timers, problems, build, sources },
    positions: () => broadcaster.positions(),
    send: (message) => beat(message),
  });
  const intake = createEventIntake({
    store,
    commit,
    producer: log.producer,
    decode,
    tail: log.name === 'log' ? store.log : null,
    encodeUtf8,
    sha256,
    yieldIfDue,
    metrics,
  });
  const restateSentiment = createRestateSentiment({ store, commit, intake, clock, timers, encodeUtf8, logger });
  const quarantineTasks = createQuarantineTasks({ reads: store.reads, commit, intake, clock, timers });
  const heldEvents = createHeldEvents({ reads: store.reads, commit, intake, clock, timers, epochs: watch.heldEpochs, logger });
  const kpis = createKpiService({ reads: store.reads, ledger: answers, calendar, clock });
  const figuresAhead = createFiguresAhead({ kpis, ledger, calendar, clock, timers });
  const campaigns = createCampaignService({ reads: store.reads, ledger, commit, calendar, clock });
  const exposure = createExposure({ reads: store.reads, campaigns, calendar, clock });
  const incidents = createIncidentService({ reads: store.reads, commit, calendar, clock, exposure });
  const channels = composeChannels(foundation, { store, commit, problems, incidents, demo });
  const own = submitOwn(intake, ownEvents.marked, () => clock.now());
  const watchdog = composeWatchdog(foundation, {
    ...{ reads: store.reads, commit, problems, submit: own, sources, doubt: () => watch.doubt(), demo },
  });
  const outbox = composeOutbox(foundation, { reads: store.reads, commit, problems, channels, earliestNow: () => watch.earliest(), demo });

  return {
    demo,
    store,
    streams: {
      snapshot: broadcaster.snapshot,
      positions: broadcaster.positions,
      welcome: welcome.current,
      screen: screens.service.message,
    },
    problems,
    heartbeat,
    services: {
      intake: {
        async submit(items, request) {
          // Event intake compares events with the clock of this machine, so that clock is checked first.
          if (watch.doubt() === null) await watch.read();
          return intake.submit(items, request);
        },
      },
      anomalies: createAnomalyService({ watch: anomalies, calendar, clock }),
      calendar: createCalendarService({ reads: store.reads, calendar, nodesOf, clock }),
      kpis,
      insights: createKpiInsights({
        reads: store.reads,
        ledger: { ...ledger, clocks: (question) => store.reads.clockCounts(question) },
        calendar,
        clock,
        nodesOf,
      }),
      targets: createTargetService({ reads: store.reads, commit, calendar, clock, ledger }),
      restatements: createRestatementService({ reads: store.reads, ledger, calendar, clock }),
      periods: createPeriodService({ reads: store.reads, ledger, commit, calendar, clock }),
      campaigns,
      policies: createPolicyService({
        ...{ reads: store.reads, commit, calendar, clock },
        checks: { roster: refuseUnknownChannels },
        followUps: {
          brands: dutiesAfterBrands(calendar),
          severity: dutiesAfterSeverity,
          words: dutiesAfterWords,
          polarity: dutiesAfterPolarity((tx, append, thresholds, judged) =>
            rebuildMentions(tx, append, { calendar, workspaceSince: opened.createdAt, ...thresholds }, judged),
          ),
        },
      }),
      backTests: createBackTests({
        ...{ reads: store.reads, calendar, clock, yieldIfDue },
        quotas: async () => {
          const all = new Map(
            (await channels.book.all()).map(({ id, kind, options }) => [id, channels.sender.quotaOf(kind, options).perMinute]),
          );
          return (channel) => all.get(channel) ?? null;
        },
      }),
      roster: createRosterService({ reads: store.reads, calendar, nodesOf, clock }),
      incidents,
      ...channels.services,
      messages: createMessageService({ reads: store.reads, commit }),
      standup: createStandupService({ reads: store.reads, commit, calendar, nodesOf, clock }),
      drills: createDrillService({ reads: store.reads, submit: own, clock, newId: randomId }),
      quarantine: createQuarantineService({ reads: store.reads, commit, intake, clock, tasks: quarantineTasks }),
      sources: {
        async resume(actor) {
          const here = topics.filter((topic) => log.consumer.resume(topic));
          const resumed = [...new Set([...here, ...(await left.resume())])];
          const acknowledgedGaps = await openGaps.acknowledge(actor);
          logger.info({ actor, resumed, acknowledgedGaps }, 'stopped topics are read again, gaps are acknowledged');
          return { resumed, acknowledgedGaps };
        },
        async alive(stream) {
          await commit((tx, _touch, at) => tx.touchStreams([{ stream, receivedAt: null, occurredAt: null, aliveAt: at }]));
          return { stream, aliveAt: clock.now() };
        },
      },
      screens: screens.service,
      board: createBoardService({
        ...{ past: store.past, ledger, calendar, nodesOf, clock, yieldIfDue, workspaceSince: opened.createdAt },
        workspace: welcome.current,
      }),
      snapshot: (view) => broadcaster.snapshot(view),
      readiness: () => {
        const reason = left.reason();
        const reasons = [...(reason ? [reason] : []), ...clockReason(watch.doubt()), ...ledgerReason(ledger.status())];
        const consumed = sumOfCounts(ingest.consumed(), leftIngest.consumed());
        return readinessOf({
          streams: () => streamFreshness(freshness, clock.now()),
          sources: sources(),
          reasons,
          consumed,
          ledger: ledger.status(),
          demo,
          build,
        });
      },
    },

    async run(shown) {
      beat = shown.beat;
      tell = shown.tell;
      welcomeAll = shown.welcome;
      ledger.start();
      broadcaster.connect(shown);
      const consumption = async () => {
        // Receipts are stamped once the clock was looked at; where that fails now, the deadlines look again.
        await watch.read().catch(() => undefined);
        await Promise.all([left.finish(), openGaps.show()]);
        await Promise.all([log.consumer.run(ingest), left.findUnread()]);
      };
      await Promise.all([
        consumption(),
        deadlines.run(),
        spikes.run(),
        rosterGaps.run(),
        screens.watch.run(),
        outbox.run(),
        watchdog.run(),
        heartbeat.run(),
        silences.run(),
        figuresAhead.run(),
        broadcaster.run(),
        housekeeping.run(),
        welcome.run(),
        quarantineTasks.run(),
        heldEvents.run(),
        restateSentiment.run(),
        channels.prepare(),
        store.watch(),
      ]);
    },

    async stop() {
      await log.consumer.stop();
      await left.stop();
      await Promise.all([ingest.rest(), leftIngest.rest(), heldEvents.stop()]);
      heartbeat.stop();
      silences.stop();
      figuresAhead.stop();
      welcome.stop();
      await Promise.all(
        [deadlines, spikes, rosterGaps, screens.watch, outbox, housekeeping, quarantineTasks, restateSentiment].map((part) => part.stop()),
      );
      watchdog.stop();
      broadcaster.stop();
      await log.close();
      await ledger.stop();
      await store.close();
    },
  };
}

/** Health of a log that is not read yet because another one is read to its end first. */
function waiting(health: SourceHealth): SourceHealth {
  const detail = 'Read as soon as everything in the log used before is counted.';
  return { ...health, state: 'connecting', reason: 'connecting', detail, lag: null };
}

function workspaceOf({ config, calendar }: Foundation, demo: boolean): Omit<ScreenWorkspace, 'brandsSet' | 'wall'> {
  const { currency } = config;
  return {
    name: demo ? '山澜咖啡机' : '',
    demo,
    timeZone: calendar.timeZone,
    currency,
    currencyDigits: digitsOf(currency) ?? 2,
    locale: 'zh-CN',
  };
}
