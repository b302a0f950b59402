/**
 * What the parts count and measure, as plain functions: only the metrics adapter
 * knows the library behind them. Every label has few values, or memory would grow with the data.
 */
import type { SourceState } from '../../../shared/wire/freshness.ts';
import type { ScreenState } from '../../../shared/screens/screen-report.ts';
import type { LedgerStatus } from './ledger.ts';

export interface Metrics {
  /** Events answered over HTTP or folded at consumption, by what became of them. */
  events(where: 'http' | 'consume', topic: string, outcome: string, count: number): void;
  /** Records put into quarantine, by code. */
  quarantined(code: string, count: number): void;
  /** One store transaction of the line: how long it took and how many records it held. */
  batchCommitted(seconds: number, records: number): void;
  /** Events taken and not yet folded. */
  lag(topic: string, partition: number, records: number): void;
  source(source: 'kafka' | 'log', state: SourceState): void;
  /** Open connections showing a view. */
  clients(view: string, count: number): void;
  pushed(kind: 'snapshot' | 'patch' | 'heartbeat', count: number): void;
  /** Packets a slow client never got, and clients ended for being slow. */
  dropped(kind: 'packet' | 'client', count: number): void;
  /** How long after its deadline a clock fired, ms. */
  clockFired(latenessMs: number): void;
  /** One attempt to send a message over a channel. */
  messageAttempt(channel: string, outcome: 'delivered' | 'refused' | 'failed'): void;
  /** How many messages wait for each channel; channels that are not named have none. */
  messagesWaiting(byChannel: Readonly<Record<string, number>>): void;
  messagesDead(count: number): void;
  /** How long the oldest undelivered message has waited, ms; 0 without any. */
  oldestMessage(ageMs: number): void;
  /** What lies on the disk, in bytes: the store's file, its write-ahead log, the blocks of ledger rows in it, and the ledger's files. */
  disk(what: 'store' | 'store_log' | 'ledger_blocks' | 'ledger', bytes: number): void;
  /** Where the ledger stands. */
  ledger(status: LedgerStatus): void;
  /** How many screens are in each state. */
  screens(byState: Readonly<Record<ScreenState, number>>): void;
  /** The ladder was called because no screen had painted a red story. */
  unshownStory(): void;
  /** One answered request; `route` is the pattern, never the path. */
  request(method: string, route: string, status: number, seconds: number): void;
}
