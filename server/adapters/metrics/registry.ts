/**
 * Prometheus numbers behind the `Metrics` hooks. Names follow Prometheus' own advice
 * (base units, `_total` for counters); labels have few values each.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as prometheus from 'prom-client';
import type { SourceState } from '../../../shared/wire/freshness.ts';
import type { LedgerStatus } from '../../pipeline/ports/ledger.ts';
import type { Metrics } from '../../pipeline/ports/metrics.ts';

export interface MetricsRegistry extends Metrics {
  /** The page Prometheus reads. */
  exposition(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Event-loop delay since the last reset, seconds. */
  eventLoopDelay(): { readonly p50: number; readonly p99: number; readonly max: number };
  stop(): void;
}

const ledgerStates: readonly LedgerStatus['state'][] = ['opening', 'ready', 'catching_up', 'rebuilding', 'unavailable'];
const sourceStates: readonly SourceState[] = ['running', 'connecting', 'down', 'stopped', 'gap'];

export interface MetricsOptions {
  /** Also the numbers of the process: memory, garbage collection, processor time. */
  readonly defaults: boolean;
  /** How long a page serves whoever reads it again, ms: making one looks through the whole process. */
  readonly keepMs: number;
}

/** Each call makes a registry of its own, so that several servers can live in one process (tests do). */
export function createMetrics(options: MetricsOptions): MetricsRegistry {
  const registry = new prometheus.Registry();
  const registers = [registry];
  if (options.defaults) prometheus.collectDefaultMetrics({ register: registry, prefix: 'warroom_' });

  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const seconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
  const eventLoopDelay = () => ({
    p50: seconds(delay.percentile(50)),
    p99: seconds(delay.percentile(99)),
    max: seconds(delay.max),
  });
  new prometheus.Gauge({
    name: 'warroom_event_loop_delay_seconds',
    help: 'Delay of the event loop since the start, by quantile',
    labelNames: ['quantile'],
    registers,
    collect() {
      const now = eventLoopDelay();
      this.set({ quantile: '0.5' }, now.p50);
      this.set({ quantile: '0.99' }, now.p99);
      this.set({ quantile: '1' }, now.max);
    },
  });

  const events = new prometheus.Counter({
    name: 'warroom_events_total',
    help: 'Events answered over HTTP or folded at consumption, by outcome',
    labelNames: ['where', 'topic', 'outcome'],
    registers,
  });
  const quarantined = new prometheus.Counter({
    name: 'warroom_quarantined_total',
    help: 'Records put into quarantine, by code',
    labelNames: ['code'],
    registers,
  });
  const commits = new prometheus.Histogram({
    name: 'warroom_batch_commit_seconds',
    help: 'Duration of one store transaction of the line',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  const batchRecords = new prometheus.Histogram({
    name: 'warroom_batch_records',
    help: 'Records in one store transaction of the line',
    buckets: [1, 10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000],
    registers,
  });
  const lag = new prometheus.Gauge({
    name: 'warroom_lag_records',
    help: 'Events taken and not yet folded',
    labelNames: ['topic', 'partition'],
    registers,
  });
  const source = new prometheus.Gauge({
    name: 'warroom_source_state',
    help: '1 for the state a source is in, 0 for the others',
    labelNames: ['source', 'state'],
    registers,
  });
  const clients = new prometheus.Gauge({
    name: 'warroom_clients',
    help: 'Open connections by view',
    labelNames: ['view'],
    registers,
  });
  const pushed = new prometheus.Counter({
    name: 'warroom_pushed_total',
    help: 'Messages pushed to screens, by kind',
    labelNames: ['kind'],
    registers,
  });
  const dropped = new prometheus.Counter({
    name: 'warroom_dropped_total',
    help: 'Packets slow clients never got, and clients ended for being slow',
    labelNames: ['kind'],
    registers,
  });
  const lateness = new prometheus.Histogram({
    name: 'warroom_clock_lateness_seconds',
    help: 'How long after its deadline a clock fired',
    buckets: [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300],
    registers,
  });
  const messageAttempts = new prometheus.Counter({
    name: 'warroom_message_attempts_total',
    help: 'Attempts to send a message, by channel and outcome',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const messagesWaiting = new prometheus.Gauge({
    name: 'warroom_messages_waiting',
    help: 'Messages that wait for a channel',
    labelNames: ['channel'],
    registers,
  });
  const messagesDead = new prometheus.Gauge({ name: 'warroom_messages_dead', help: 'Dead letters', registers });
  const oldestMessage = new prometheus.Gauge({
    name: 'warroom_message_oldest_seconds',
    help: 'How long the oldest undelivered message has waited; 0 without any',
    registers,
  });
  const disk = new prometheus.Gauge({
    name: 'warroom_disk_bytes',
    help: 'Bytes on the disk: the store, its write-ahead log, the blocks of ledger rows in it, and the ledger; measured once a minute',
    labelNames: ['what'],
    registers,
  });
  const ledgerState = new prometheus.Gauge({
    name: 'warroom_ledger_state',
    help: '1 for the state the ledger is in, 0 for the others',
    labelNames: ['state'],
    registers,
  });
  const ledgerPosition = new prometheus.Gauge({
    name: 'warroom_ledger_position',
    help: 'The newest commit that is in the ledger',
    registers,
  });
  const ledgerBehind = new prometheus.Gauge({
    name: 'warroom_ledger_behind_commits',
    help: 'Commits that are not in the ledger yet',
    registers,
  });
  const ledgerRebuilt = new prometheus.Gauge({
    name: 'warroom_ledger_rebuild_progress',
    help: 'While the ledger is written anew from the facts: the share that is done, 0 to 1; else 1',
    registers,
  });
  const screens = new prometheus.Gauge({
    name: 'warroom_screens',
    help: 'Screens on walls by what is known of them: painting, frozen, hidden, closed, offline',
    labelNames: ['state'],
    registers,
  });
  const unshown = new prometheus.Counter({
    name: 'warroom_unshown_stories_total',
    help: 'Red stories for which the ladder was called early because no screen had painted them in time',
    registers,
  });
  const requests = new prometheus.Histogram({
    name: 'warroom_http_request_seconds',
    help: 'Duration of answered requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });

  let page = { until: -Infinity, text: Promise.resolve('') };
  return {
    events: (where, topic, outcome, count) => events.inc({ where, topic, outcome }, count),
    quarantined: (code, count) => quarantined.inc({ code }, count),
    batchCommitted(duration, records) {
      commits.observe(duration);
      batchRecords.observe(records);
    },
    lag: (topic, partition, records) => lag.set({ topic, partition: String(partition) }, records),
    source(name, state) {
      for (const each of sourceStates) source.set({ source: name, state: each }, each === state ? 1 : 0);
    },
    clients: (view, count) => clients.set({ view }, count),
    pushed: (kind, count) => pushed.inc({ kind }, count),
    dropped: (kind, count) => dropped.inc({ kind }, count),
    clockFired: (latenessMs) => lateness.observe(latenessMs / 1_000),
    ledger({ state, position, head, done, total }) {
      for (const each of ledgerStates) ledgerState.set({ state: each }, each === state ? 1 : 0);
      ledgerPosition.set(position);
      ledgerBehind.set(Math.max(0, head - position));
      ledgerRebuilt.set(done === undefined ? 1 : Math.min(1, done / Math.max(1, total ?? done)));
    },
    messageAttempt: (channel, outcome) => messageAttempts.inc({ channel, outcome }),
    messagesWaiting(byChannel) {
      messagesWaiting.reset();
      for (const [channel, count] of Object.entries(byChannel)) messagesWaiting.set({ channel }, count);
    },
    messagesDead: (count) => messagesDead.set(count),
    oldestMessage: (ageMs) => oldestMessage.set(ageMs / 1_000),
    disk: (what, bytes) => disk.set({ what }, bytes),
    screens(byState) {
      for (const [state, count] of Object.entries(byState)) screens.set({ state }, count);
    },
    unshownStory: () => unshown.inc(),
    request: (method, route, status, duration) => requests.observe({ method, route, status: String(status) }, duration),
    async exposition() {
      const now = performance.now();
      if (now >= page.until) page = { until: now + options.keepMs, text: registry.metrics() };
      return { contentType: registry.contentType, text: await page.text };
    },
    eventLoopDelay,
    stop() {
      delay.disable();
      registry.clear();
    },
  };
}
