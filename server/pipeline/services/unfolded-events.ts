/**
 * What the log of an installation without Kafka has taken and consumption has not folded yet,
 * by key and version: with it the answer to a repeat or a conflict of something accepted a
 * moment before is final (contract). Events are known by a fingerprint of their content, about
 * 200 bytes each; how many there may be is bounded by the intake.
 *
 * The log has one writer, the intake, and dense offsets, so the events of a topic are those from
 * the stored position on, in the order they were appended. After a start they are read from the log.
 */
import type { FactVersion } from '../../domain/facts.ts';
import { bodyText } from '../../domain/facts.ts';
import type { Decode } from '../decode/decode.ts';
import type { LogTables } from '../ports/log-tables.ts';
import type { FactRef, StoreTx } from '../ports/transaction.ts';

/** The embedded log as far as its unfolded part is read. */
export type LogTail = Pick<LogTables, 'start' | 'end' | 'read'>;

export interface UnfoldedParts {
  readonly tail: LogTail;
  readonly topics: readonly string[];
  readonly decode: Decode;
  /** Of a text's UTF-8 bytes, hexadecimal. */
  readonly hash: (text: string) => string;
  readonly yieldIfDue: () => Promise<void> | undefined;
}

export interface UnfoldedEvents {
  /** Reads what a former process left, once. Outside of transactions. */
  ready(readPosition: (topic: string) => Promise<number | null>): Promise<void>;
  /** Forgets what is folded as of this transaction. */
  forgetFolded(tx: Pick<StoreTx, 'offset'>): Promise<void>;
  /** Fingerprint of the event of this name, or undefined. */
  get(name: string): string | undefined;
  /** After the append of these events, in its order. */
  add(events: readonly UnfoldedEvent[]): void;
  fingerprint(version: Pick<FactVersion, 'type' | 'occurredAt' | 'body' | 'data'>): string;
  readonly size: number;
}
export interface UnfoldedEvent {
  readonly topic: string;
  readonly name: string;
  readonly fingerprint: string;
}

/** Names the version of a fact. */
export function nameOf({ kind, key, version }: FactRef): string {
  return `${version} ${kind} ${key}`;
}

/** Events of one topic from offset `first` on; undefined for one that says nothing new. */
interface Queue {
  first: number;
  names: (string | undefined)[];
  /** How many of `names` are forgotten already: the array is cut now and then only. */
  gone: number;
}

const PARTITION = 0;
/** 128 bits: two contents with one fingerprint do not occur. */
const FINGERPRINT = 32;
const PAGE_BYTES = 1_048_576;
const CUT_AFTER = 4_096;

export function createUnfoldedEvents({ tail, topics, decode, hash, yieldIfDue }: UnfoldedParts): UnfoldedEvents {
  const known = new Map<string, string>();
  const queues = new Map<string, Queue>();
  let reading: Promise<void> | undefined;

  const fingerprint: UnfoldedEvents['fingerprint'] = (version) =>
    hash(`${version.type} ${version.occurredAt} ${bodyText(version)}`).slice(0, FINGERPRINT);

  function push(topic: string, name: string | null, print: string): void {
    const queue = queues.get(topic);
    if (!queue) throw new Error(`the log has no topic ${topic}`);
    const isNew = name !== null && !known.has(name);
    if (isNew) known.set(name, print);
    queue.names.push(isNew ? name : undefined);
  }

  async function readTail(readPosition: (topic: string) => Promise<number | null>): Promise<void> {
    for (const topic of topics) {
      const from = Math.max((await readPosition(topic)) ?? 0, await tail.start(topic));
      const end = await tail.end(topic);
      queues.set(topic, { first: from, names: [], gone: 0 });
      for (let at = from; at < end;) {
        const records = await tail.read(topic, at, PAGE_BYTES);
        if (records.length === 0) break;
        for (const record of records) {
          const decoded = record.value && decode(record.value, record.headers, record.appendedAt);
          if (decoded?.ok) {
            const { kind, key, event, body } = decoded;
            const version = { type: event.type, occurredAt: event.occurredAt, data: event.data, body } as FactVersion;
            push(topic, nameOf({ kind, key, version: event.data.version }), fingerprint(version));
          } else push(topic, null, '');
          await yieldIfDue();
        }
        at = (records.at(-1)?.offset ?? end) + 1;
      }
    }
  }

  return {
    fingerprint,
    get size() {
      return known.size;
    },
    get: (name) => known.get(name),
    ready(readPosition) {
      reading ??= readTail(readPosition).catch((error: unknown) => {
        known.clear();
        queues.clear();
        reading = undefined;
        throw error;
      });
      return reading;
    },
    async forgetFolded(tx) {
      for (const [topic, queue] of queues) {
        if (queue.gone === queue.names.length) continue;
        const next = (await tx.offset(topic, PARTITION))?.nextOffset ?? 0;
        const folded = Math.min(queue.names.length, next - queue.first);
        for (; queue.gone < folded; queue.gone++) {
          const name = queue.names[queue.gone];
          if (name !== undefined) known.delete(name);
        }
        if (queue.gone < CUT_AFTER && queue.gone < queue.names.length) continue;
        queue.first += queue.gone;
        queue.names = queue.names.slice(queue.gone);
        queue.gone = 0;
      }
    },
    add(events) {
      for (const { topic, name, fingerprint: print } of events) push(topic, name, print);
    },
  };
}
