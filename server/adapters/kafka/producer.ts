/**
 * Appends the events of HTTP intake and import to Kafka. `append` resolves once all in-sync
 * replicas have acknowledged every record. A broker that does not answer is noticed within
 * seconds, so that HTTP intake can answer 503 instead of letting the request hang.
 */
import type { ClockPort } from '../../pipeline/ports/clock.ts';
import { Unavailable } from '../../pipeline/ports/errors.ts';
import type { AppendRecord, LogProducer } from '../../pipeline/ports/log.ts';
import type { SourceStatus } from '../../pipeline/ingest/source-status.ts';
import type { Producer } from './client.ts';
import { isTooLargeForBroker, isUnknownTopic, isUnsent, classify } from './failures.ts';
import { withTimeout } from './with-timeout.ts';

type Connection = Pick<Producer, 'connect' | 'disconnect' | 'sendBatch'>;

export interface KafkaProducerParts {
  readonly createProducer: () => Connection;
  readonly topics: Readonly<Record<string, string>>;
  readonly status: SourceStatus;
  readonly clock: ClockPort;
  /** The library's number of the compression. */
  readonly compression: number;
  readonly timeoutMs: number;
}

/** Records of one request. They stay below a broker's default limit of 1 MiB even if all of them go to one partition. */
const requestBytes = 700 * 1024;
const recordOverhead = 100;
/** After a failure, calls fail at once for this long, instead of each waiting for a time-out of its own. */
const failFastMs = 1_000;

export class KafkaProducer implements LogProducer {
  readonly #parts: KafkaProducerParts;
  #producer: Promise<Connection> | undefined;
  #failed: { error: Unavailable; at: number } | undefined;

  constructor(parts: KafkaProducerParts) {
    this.#parts = parts;
  }

  /**
   * Connects ahead of the first append, which may carry an alarm: to connect, to ask for the broker's versions and to sign in
   * takes several round trips. Never rejects; after a failure the append connects again and reports what fails.
   */
  async prepare(): Promise<void> {
    const opening = (this.#producer ??= this.#open());
    try {
      await opening;
    } catch {
      if (this.#producer === opening) this.#producer = undefined;
    }
  }

  async append(records: readonly AppendRecord[]): Promise<void> {
    const { status, clock } = this.#parts;
    if (status.has('connection', 'broker_unreachable')) throw new Unavailable('broker_unreachable', 'Kafka is not reachable.');
    if (this.#failed && clock.monotonic() - this.#failed.at < failFastMs) throw this.#failed.error;
    for (const chunk of chunks(records)) await this.#send(chunk);
    this.#failed = undefined;
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((p) => p.disconnect()).catch(() => {});
  }

  async #send(records: readonly AppendRecord[]): Promise<void> {
    const kept = this.#producer;
    try {
      await this.#request(records);
    } catch (error) {
      // A connection that was lost since it was last used says nothing of the broker.
      if (kept && isUnsent(error)) {
        // Unless another append has opened a new one already.
        if (this.#producer === kept) void this.close();
        return this.#send(records);
      }
      if (isTooLargeForBroker(error) && records.length > 1) {
        const half = Math.ceil(records.length / 2);
        await this.#send(records.slice(0, half));
        return this.#send(records.slice(half));
      }
      throw this.#outage(error, records);
    }
  }

  async #request(records: readonly AppendRecord[]): Promise<void> {
    const { compression, timeoutMs } = this.#parts;
    const producer = (this.#producer ??= this.#open());
    const batch = { acks: -1, timeout: timeoutMs, compression, topicMessages: this.#byTopic(records) };
    await withTimeout(
      timeoutMs,
      producer.then((p) => p.sendBatch(batch)),
    );
  }

  async #open(): Promise<Connection> {
    const producer = this.#parts.createProducer();
    await producer.connect();
    return producer;
  }

  #byTopic(records: readonly AppendRecord[]) {
    const messages = new Map<string, { key: string; value: Buffer }[]>();
    for (const { topic, key, value } of records) {
      const name = this.#parts.topics[topic] ?? topic;
      const list = messages.get(name) ?? [];
      messages.set(name, list);
      list.push({ key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength) });
    }
    return [...messages].map(([topic, list]) => ({ topic, messages: list }));
  }

  /** Turns every error into an outage for the caller: the records were not stored, or sending them again does no harm. */
  #outage(error: unknown, records: readonly AppendRecord[]): Unavailable {
    if (isUnknownTopic(error)) {
      const names = [...new Set(records.map(({ topic }) => this.#parts.topics[topic] ?? topic))].join(', ');
      return new Unavailable('topic_missing', `Kafka has not all of ${names}. Create with: npm run warroom -- topics create`, error);
    }
    if (isTooLargeForBroker(error)) return new Unavailable('record_too_large', 'The broker refuses a record of this size.', error);
    const failure = classify(error);
    if (failure.kind === 'lasting') return new Unavailable('broker_refused', `Kafka refused the records: ${failure.detail}`, error);
    const outage = new Unavailable(failure.reason, `Kafka did not take the records: ${failure.detail}`, error);
    this.#failed = { error: outage, at: this.#parts.clock.monotonic() };
    void this.close();
    return outage;
  }
}

function* chunks(records: readonly AppendRecord[]): Generator<readonly AppendRecord[]> {
  let from = 0;
  let bytes = 0;
  for (const [index, { key, value }] of records.entries()) {
    const size = value.length + key.length + recordOverhead;
    if (index > from && bytes + size > requestBytes) {
      yield records.slice(from, index);
      from = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < records.length) yield records.slice(from);
}
