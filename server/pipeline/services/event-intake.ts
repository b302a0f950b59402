/**
 * Takes events from HTTP and import: the checks of consumption, then the log. The answer
 * `accepted` means that the log holds the event durably [I11].
 *
 * Requests that come while an append is under way share the next one: a durable append
 * costs one fsync (or one round trip to the broker) however many events it holds.
 *
 * Order within a group: duplicates are looked up, good events appended, and only then bad
 * ones put into quarantine, so that a log or a store that is away leaves nothing behind but
 * a retry. A repeat of a whole request is safe at every point.
 */
import { unreadable, type ItemResult, type Rejection } from '../../../shared/events/outcomes.ts';
import { naturalKey } from '../../../shared/events/registry.ts';
import { sameContent } from '../../domain/fold/admit.ts';
import type { FactVersion } from '../../domain/facts.ts';
import type { Decode, Decoded, Undecoded } from '../decode/decode.ts';
import type { Commit } from '../ports/commit.ts';
import { createGroupQueue } from '../ports/group-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { AppendRecord, LogProducer } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { QuarantineEntry } from '../ports/transaction.ts';
import { idConflict, quarantineEntry } from '../decode/quarantine-entry.ts';
import type { EventIntake } from './services.ts';

export interface EventIntakeParts {
  readonly store: Pick<Store, 'write'>;
  readonly commit: Commit;
  readonly producer: LogProducer;
  readonly decode: Decode;
  /**
   * Whether repeats are looked up here. With the embedded log the store is at hand; with Kafka
   * other producers write too, so only consumption knows, and the answer is `accepted` (contract).
   */
  readonly knowsDuplicates: boolean;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly yieldIfDue: () => Promise<void> | undefined;
  readonly metrics: Pick<Metrics, 'events' | 'quarantined'>;
}

export interface Request {
  readonly id: string;
  /** The store's clock when it arrived, UTC ms. */
  readonly receivedAt: number;
}

export interface ReplayableIntake extends EventIntake {
  /** As `submit`, but what is bad again is only answered, not kept a second time: for replays. */
  resubmit(item: Uint8Array, request: Request): Promise<ItemResult>;
}

/** Most events of one append. */
const MAX_GROUP = 2_000;

interface Item {
  readonly bytes: Uint8Array;
  readonly index: number;
  readonly result: Decoded | Undecoded;
  readonly answer: ItemResult;
}
interface Waiting {
  readonly request: Request;
  readonly keep: boolean;
  readonly items: readonly Item[];
}

export function createEventIntake(parts: EventIntakeParts): ReplayableIntake {
  const enqueue = createGroupQueue<Waiting, readonly ItemResult[]>((run) => settle(run.take(fitting(run.waiting))));

  async function enter(bytes: readonly Uint8Array[], request: Request, keep: boolean): Promise<readonly ItemResult[]> {
    if (bytes.length === 0) return [];
    const items: Item[] = [];
    for (let index = 0; index < bytes.length; index++) {
      const item = bytes[index] as Uint8Array;
      const result = parts.decode(item, noHeaders, request.receivedAt);
      items.push({ bytes: item, index, result, answer: firstAnswer(index, result) });
      if ((index & 63) === 63) await parts.yieldIfDue();
    }
    return enqueue({ request, keep, items });
  }

  /** Answers of a whole group, request by request. */
  async function settle(group: readonly Waiting[]): Promise<readonly (readonly ItemResult[])[]> {
    const items = group.flatMap((one) => one.items);
    const verdicts = parts.knowsDuplicates ? await lookUp(items) : none;
    const records: AppendRecord[] = [];
    for (const item of items) if (item.result.ok && !verdicts.has(item)) records.push(appendRecord(item.result, item.bytes));
    if (records.length > 0) await parts.producer.append(records);

    const answers = group.map((one) => one.items.map((item) => verdicts.get(item) ?? item.answer));
    const entries: QuarantineEntry[] = [];
    group.forEach((one, i) => {
      for (const answer of answers[i] ?? []) {
        count(answer, one.items[answer.index]);
        if (answer.outcome === 'quarantined' && one.keep) entries.push(entryOf(one, answer));
      }
    });
    if (entries.length > 0)
      await parts.commit(async (tx, touch) => {
        await tx.quarantine(entries);
        touch('quarantine');
      });
    return answers;
  }

  /** Items that are known already, within the group too: its earlier items count as known. */
  async function lookUp(items: readonly Item[]): Promise<ReadonlyMap<Item, ItemResult>> {
    const good = items.filter((item): item is Item & { result: Decoded } => item.result.ok);
    if (good.length === 0) return none;
    const refs = good.map(({ result }) => ({ kind: result.kind, key: result.key, version: result.event.data.version }));
    const loaded = await parts.store.write((tx) => tx.loadFacts(refs));
    const verdicts = new Map<Item, ItemResult>();
    const group = new Map<string, FactVersion>();
    for (let i = 0; i < good.length; i++) {
      const item = good[i] as Item & { result: Decoded };
      const version = versionOf(item.result);
      const name = JSON.stringify(refs[i]);
      const known = loaded[i]?.seen ?? group.get(name);
      if (!known) group.set(name, version);
      else if (sameContent(known, version)) verdicts.set(item, { ...item.answer, outcome: 'duplicate' });
      else verdicts.set(item, { ...item.answer, outcome: 'quarantined', ...idConflict });
    }
    return verdicts;
  }

  function entryOf(one: Waiting, answer: ItemResult): QuarantineEntry {
    const item = one.items[answer.index] as Item;
    const rejection = item.result.ok ? idConflict : item.result.rejection;
    const topic = item.result.ok ? item.result.topic : 'http';
    const origin = { position: `http ${one.request.id}#${item.index}`, topic, receivedAt: one.request.receivedAt };
    return quarantineEntry(rejection, item.bytes, origin, item.result, parts.sha256);
  }

  function count(answer: ItemResult, item: Item | undefined): void {
    parts.metrics.events('http', item?.result.ok ? item.result.topic : 'http', answer.outcome, 1);
    if (answer.outcome === 'quarantined' && answer.code) parts.metrics.quarantined(answer.code, 1);
  }

  return {
    submit: (items, request) => enter(items, request, true),
    async resubmit(item, request) {
      const [answer] = await enter([item], request, false);
      if (!answer) throw new Error('no answer was given to an item');
      return answer;
    },
  };
}

/** How many of those waiting share an append: the first always goes, however many events it has. */
function fitting(waiting: readonly Waiting[]): number {
  let size = 0;
  const beyond = waiting.findIndex(({ items }, i) => (size += items.length) > MAX_GROUP && i > 0);
  return beyond === -1 ? waiting.length : beyond;
}

const noHeaders = {};
const none: ReadonlyMap<Item, ItemResult> = new Map();

function firstAnswer(index: number, result: Decoded | Undecoded): ItemResult {
  if (result.ok) return { index, id: result.event.id, outcome: 'accepted' };
  const { code, path, message }: Rejection = result.rejection;
  return { index, id: result.id, outcome: unreadable.has(code) ? 'rejected' : 'quarantined', code, path, message };
}

/** Keyed by the entity, so that one entity's events keep their order in the log. */
function appendRecord({ event, topic }: Decoded, value: Uint8Array): AppendRecord {
  return { topic, key: event.type === 'sales.order.refunded' ? event.data.orderId : naturalKey(event), value };
}

function versionOf({ event, body }: Decoded): FactVersion {
  return {
    type: event.type,
    version: event.data.version,
    occurredAt: event.occurredAt,
    receivedAt: 0,
    data: event.data,
    body,
  } as FactVersion;
}
