/**
 * Questions about the cluster on a connection of their own, made when first needed
 * and thrown away after a failure: the library's admin keeps stale brokers otherwise.
 */
import type { Admin } from './client.ts';
import { ClusterUnclear } from './failures.ts';
import { withTimeout } from './with-timeout.ts';

export interface Watermarks {
  /** Oldest offset kept. */
  readonly low: number;
  /** Offset the next record will get. */
  readonly high: number;
}

export class AdminClient {
  readonly #create: () => Admin;
  readonly #timeoutMs: number;
  #admin: Promise<Admin> | undefined;

  constructor(create: () => Admin, timeoutMs: number) {
    this.#create = create;
    this.#timeoutMs = timeoutMs;
  }

  /** Runs one question, within the time limit; any failure renews the connection. */
  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const connecting = (this.#admin ??= this.#open());
    try {
      return await withTimeout(this.#timeoutMs, connecting.then(question));
    } catch (error) {
      if (this.#admin === connecting) this.#admin = undefined;
      connecting.then((admin) => admin.disconnect()).catch(() => {});
      throw error instanceof TypeError ? new ClusterUnclear(error.message, { cause: error }) : error;
    }
  }

  topicNames(): Promise<readonly string[]> {
    return this.ask((admin) => admin.listTopics());
  }

  /** By partition. */
  async watermarks(topic: string): Promise<ReadonlyMap<number, Watermarks>> {
    const rows = await this.ask((admin) => admin.fetchTopicOffsets(topic));
    return new Map(rows.map((row) => [row.partition, { low: Number(row.low), high: Number(row.high) }]));
  }

  async close(): Promise<void> {
    const connecting = this.#admin;
    this.#admin = undefined;
    await connecting?.then((admin) => admin.disconnect()).catch(() => {});
  }

  async #open(): Promise<Admin> {
    const admin = this.#create();
    await admin.connect();
    return admin;
  }
}
