/** What every workspace of the process shares: configuration, clock, timers, logger and metrics. */
import type { createKafkaLog } from '../adapters/kafka/kafka-log.ts';
import type { MetricsRegistry } from '../adapters/metrics/registry.ts';
import type { Config } from '../config.ts';
import type { NodesOf } from '../domain/nodes/nodes.ts';
import type { Calendar } from '../domain/time/calendar.ts';
import type { MachineClock } from '../pipeline/incidents/clock-watch.ts';
import type { Logger } from '../pipeline/ports/logger.ts';
import type { ClockPort } from '../pipeline/ports/clock.ts';
import type { Timers } from '../pipeline/ports/timers.ts';
import type { WorkspaceLedger } from './ledger.ts';

export interface Foundation {
  readonly config: Config;
  readonly clock: ClockPort;
  /** Against which a step of the clock is found. */
  readonly machine: MachineClock;
  readonly timers: Timers;
  /** For secrets at rest: the first seals, every one opens. Throws `Unavailable` when their file cannot be used. */
  readonly secretKeys: () => readonly Buffer[];
  readonly calendar: Calendar;
  /** The node calendar of a policy `holidays`. */
  readonly nodesOf: NodesOf;
  readonly logger: Logger;
  readonly metrics: MetricsRegistry;
  /** Loaded only where Kafka is configured: its client is a tenth of what a start has to load. */
  readonly createKafkaLog: typeof createKafkaLog | null;
  /** Opens the ledger of a store, by the store's file; whoever opens it stops it. */
  readonly openLedger: (storeFile: string) => WorkspaceLedger;
  /** Name of this build, as screens, HTTP answers and health probes show it. */
  readonly build: string;
}
