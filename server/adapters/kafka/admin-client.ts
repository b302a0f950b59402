/**
 * Asks the cluster about itself on connections of its own. They are opened when first needed and
 * closed after a failure, because the library would otherwise keep using stale brokers.
 */
import type { Admin, Kafka } from './client.ts';
import { clusterOf, recordFrom, viewTopic, type Cluster, type StoredRecord, type TopicView } from './cluster.ts';
import { ClusterUnclear } from './failures.ts';
import { withTimeout } from './with-timeout.ts';

interface Connection {
  disconnect(): Promise<void>;
}

export class AdminClient {
  readonly #admin: Lazy<Admin>;
  readonly #cluster: Lazy<Cluster>;
  /** Answers about topics whose request has not been sent yet, by topic. */
  readonly #waiting = new Map<string, Promise<TopicView>>();
  #last: Promise<void> = Promise.resolve();

  constructor(kafka: Kafka, createAdmin: () => Admin, timeoutMs: number) {
    this.#admin = new Lazy(async () => {
      const admin = createAdmin();
      await admin.connect();
      return admin;
    }, timeoutMs);
    this.#cluster = new Lazy(async () => {
      const cluster = clusterOf(kafka);
      await cluster.connect();
      return cluster;
    }, timeoutMs);
  }

  /** Runs one question within the time limit; after any failure the next question opens a new connection. */
  ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    return this.#admin.use(question);
  }

  /** Does the same for questions that the library's admin client does not offer. */
  askCluster<T>(question: (cluster: Cluster) => Promise<T>): Promise<T> {
    return this.#cluster.use(question);
  }

  topicNames(): Promise<readonly string[]> {
    return this.ask((admin) => admin.listTopics());
  }

  /**
   * The state of a topic, no older than the call. Questions are asked one after the other, because the
   * library's cluster object answers a question that comes during a metadata request with the result of
   * that request, even when it was about another topic. Callers that wait for the same topic share one answer.
   */
  topic(name: string): Promise<TopicView> {
    const waiting = this.#waiting.get(name);
    if (waiting) return waiting;
    const view = this.#inTurn(() => {
      this.#waiting.delete(name);
      return this.askCluster((cluster) => viewTopic(cluster, name));
    });
    this.#waiting.set(name, view);
    return view;
  }

  /** The first record at an offset that the log holds, or after it. */
  recordFrom(topic: string, partition: number, offset: number): Promise<StoredRecord | null> {
    return this.#inTurn(() => this.askCluster((cluster) => recordFrom(cluster, topic, partition, offset)));
  }

  #inTurn<T>(question: () => Promise<T>): Promise<T> {
    const answer = this.#last.then(question);
    this.#last = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  async close(): Promise<void> {
    await Promise.all([this.#admin.close(), this.#cluster.close()]);
  }
}

class Lazy<C extends Connection> {
  readonly #open: () => Promise<C>;
  readonly #timeoutMs: number;
  #connection: Promise<C> | undefined;

  constructor(open: () => Promise<C>, timeoutMs: number) {
    this.#open = open;
    this.#timeoutMs = timeoutMs;
  }

  async use<T>(question: (connection: C) => Promise<T>): Promise<T> {
    const connecting = (this.#connection ??= this.#open());
    try {
      return await withTimeout(this.#timeoutMs, connecting.then(question));
    } catch (error) {
      if (this.#connection === connecting) this.#connection = undefined;
      connecting.then((connection) => connection.disconnect()).catch(() => {});
      // The library, or our decoding of an answer, read a field that the answer does not have.
      const incomplete = error instanceof TypeError || error instanceof RangeError;
      throw incomplete ? new ClusterUnclear(error.message, { cause: error }) : error;
    }
  }

  async close(): Promise<void> {
    const connecting = this.#connection;
    this.#connection = undefined;
    await connecting?.then((connection) => connection.disconnect()).catch(() => {});
  }
}
