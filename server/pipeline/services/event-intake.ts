/**
 * Intake of events from HTTP and import: the checks of consumption, then the log. An
 * answer `accepted` means the log holds the event durably [I11].
 *
 * Requests that come while an append is under way share the next one: a durable append
 * costs one fsync (or one round trip to the broker) however many events it holds.
 *
 * What is accepted and not folded yet is bounded: beyond the bound a request is refused whole
 * as `overloaded`. So is what is decoded at a time: other requests wait with their bytes.
 *
 * Order within a group: duplicates are looked up, good events appended, and only then bad
 * ones put into quarantine, so that a log or a store that is away leaves nothing behind but
 * a retry. A repeat of a whole request is safe at every point.
 */
import { notKept, type ItemResult, type Rejection } from '../../../shared/events/outcomes.ts';
import { topics } from '../../../shared/events/define.ts';
import { naturalKey } from '../../../shared/events/registry.ts';
import { sameContent } from '../../domain/fold/admit.ts';
import { isOwnJudgement } from '../../domain/fold/own-judgement.ts';
import type { FactVersion } from '../../domain/facts.ts';
import { Unavailable } from '../ports/errors.ts';
import { createGroupQueue } from '../ports/group-queue.ts';
import type { Decode, Decoded, Undecoded } from '../decode/decode.ts';
import type { Commit } from '../ports/commit.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { AppendRecord, LogProducer } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { QuarantineEntry } from '../ports/transaction.ts';
import { idConflict, quarantineEntry } from '../decode/quarantine-entry.ts';
import { createByteGate } from './byte-gate.ts';
import type { EventIntake } from './services.ts';
import { createUnfoldedEvents, nameOf, type LogTail, type UnfoldedEvent, type UnfoldedEvents } from './unfolded-events.ts';

export interface EventIntakeParts {
  readonly store: Pick<Store, 'write'>;
  readonly commit: Commit;
  readonly producer: LogProducer;
  readonly decode: Decode;
  /**
   * The embedded log: repeats and conflicts are then found here, among what is stored and what is
   * still to be folded. Null with Kafka: other producers write too, so only consumption knows, and the
   * answer is `accepted` (contract).
   */
  readonly tail: LogTail | null;
  /** Most events of the embedded log accepted and not folded; absent: `MAX_UNFOLDED`. */
  readonly maxUnfolded?: number;
  readonly encodeUtf8: (text: string) => Uint8Array;
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
  resubmitAll(items: readonly Uint8Array[], request: Request): Promise<readonly ItemResult[]>;
}

/** Most events of one append. */
const MAX_GROUP = 2_000;
/** Their index takes about 4 MB; they are folded within seconds. More would only wait, and at 100,000 the process held 80 MB more. */
const MAX_UNFOLDED = 20_000;
/** Bytes of events decoded at a time; decoded they take about four times as much. */
const MAX_DECODED_BYTES = 2 * 1_048_576;
const LOG_PARTITION = 0;

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
/** What becomes of a request: answers of its items that are no news, and what is new in it. */
interface Plan {
  readonly verdicts: ReadonlyMap<Item, ItemResult>;
  readonly news: readonly UnfoldedEvent[];
}
/** An item's stored version under its number, by item. */
type Stored = ReadonlyMap<Item, FactVersion | undefined>;

export function createEventIntake(parts: EventIntakeParts): ReplayableIntake {
  const enqueue = createGroupQueue<Waiting, readonly ItemResult[]>((run) => settle(run.take(fitting(run.waiting))));
  const gate = createByteGate(MAX_DECODED_BYTES);
  const maxUnfolded = parts.maxUnfolded ?? MAX_UNFOLDED;
  const unfolded =
    parts.tail &&
    createUnfoldedEvents({
      ...{ tail: parts.tail, topics, decode: parts.decode, yieldIfDue: parts.yieldIfDue },
      hash: (text) => parts.sha256(parts.encodeUtf8(text)),
    });

  async function enter(bytes: readonly Uint8Array[], request: Request, keep: boolean): Promise<readonly ItemResult[]> {
    if (bytes.length === 0) return [];
    const leave = await gate.enter(bytes.reduce((sum, { length }) => sum + length, 0));
    try {
      const items: Item[] = [];
      for (let index = 0; index < bytes.length; index++) {
        const item = bytes[index] as Uint8Array;
        const result = parts.decode(item, noHeaders, request.receivedAt);
        items.push({ bytes: item, index, result, answer: firstAnswer(index, result) });
        if ((index & 63) === 63) await parts.yieldIfDue();
      }
      return await enqueue({ request, keep, items });
    } finally {
      leave();
    }
  }

  /** Answers of a whole group, request by request; a request for which there is no room is refused whole. */
  async function settle(group: readonly Waiting[]): Promise<readonly (readonly ItemResult[] | Promise<never>)[]> {
    const plans = unfolded ? await planGroup(unfolded, group) : group.map(() => plain);
    const taken = group.flatMap((one, i) => {
      const plan = plans[i];
      return plan ? one.items.map((item) => ({ one, item, answer: plan.verdicts.get(item) ?? item.answer })) : [];
    });
    const records: AppendRecord[] = [];
    for (const { item, answer } of taken)
      if (item.result.ok && answer.outcome === 'accepted') records.push(appendRecord(item.result, item.bytes));
    if (records.length > 0) await parts.producer.append(records);
    for (const plan of plans) if (plan) unfolded?.add(plan.news);

    const entries: QuarantineEntry[] = [];
    for (const { one, item, answer } of taken) {
      count(answer, item);
      if (answer.outcome === 'quarantined' && one.keep) entries.push(entryOf(one, item));
    }
    if (entries.length > 0)
      await parts.commit(async (tx, touch) => {
        await tx.quarantine(entries);
        touch('quarantine');
      });
    return group.map((one, i) => {
      const plan = plans[i];
      return plan ? one.items.map((item) => plan.verdicts.get(item) ?? item.answer) : refused();
    });
  }

  /** Null for a request that would go beyond what may wait to be folded. */
  async function planGroup(index: UnfoldedEvents, group: readonly Waiting[]): Promise<readonly (Plan | null)[]> {
    await index.ready((topic) => parts.store.write(async (tx) => (await tx.offset(topic, LOG_PARTITION))?.nextOffset ?? null));
    const stored = await lookUp(index, group.flatMap(({ items }) => items).filter(isGood));
    const added = new Map<string, string>();
    return group.map(({ items }) => {
      const plan = planRequest(index, items.filter(isGood), stored, added);
      if (index.size + added.size + plan.news.length > maxUnfolded) return null;
      for (const { name, fingerprint } of plan.news) added.set(name, fingerprint);
      return plan;
    });
  }

  /** In one transaction, so that what is no longer in the index is in the store. */
  async function lookUp(index: UnfoldedEvents, items: readonly GoodItem[]): Promise<Stored> {
    if (items.length === 0) return new Map();
    const loaded = await parts.store.write(async (tx) => {
      await index.forgetFolded(tx);
      return tx.loadFacts(items.map(({ result }) => result));
    });
    return new Map(items.map((item, i) => [item, loaded[i]?.seen]));
  }

  /** An item is known when it is stored, waits to be folded, or came earlier in the group or the request. */
  function planRequest(index: UnfoldedEvents, items: readonly GoodItem[], stored: Stored, earlier: ReadonlyMap<string, string>): Plan {
    const verdicts = new Map<Item, ItemResult>();
    const news = new Map<string, UnfoldedEvent>();
    for (const item of items) {
      const version = versionOf(item.result);
      const name = nameOf(item.result);
      const found = stored.get(item);
      // A judgement of our own gives its number to the source that counts it.
      const seen = found && isOwnJudgement(found) && !isOwnJudgement(version) ? undefined : found;
      const fingerprint = index.fingerprint(version);
      const waiting = index.get(name) ?? earlier.get(name) ?? news.get(name)?.fingerprint;
      if (!seen && waiting === undefined) news.set(name, { topic: item.result.topic, name, fingerprint });
      else if (seen ? sameContent(seen, version) : waiting === fingerprint) verdicts.set(item, { ...item.answer, outcome: 'duplicate' });
      else verdicts.set(item, { ...item.answer, outcome: 'quarantined', ...idConflict });
    }
    return { verdicts, news: [...news.values()] };
  }

  function entryOf(one: Waiting, item: Item): QuarantineEntry {
    const rejection = item.result.ok ? idConflict : item.result.rejection;
    const topic = item.result.ok ? item.result.topic : 'http';
    const origin = { position: `http ${one.request.id}#${item.index}`, topic, receivedAt: one.request.receivedAt };
    return quarantineEntry(rejection, item.bytes, origin, item.result, parts.sha256);
  }

  function count(answer: ItemResult, item: Item): void {
    parts.metrics.events('http', item.result.ok ? item.result.topic : 'http', answer.outcome, 1);
    if (answer.outcome === 'quarantined' && answer.code) parts.metrics.quarantined(answer.code, 1);
  }

  return {
    submit: (items, request) => enter(items, request, true),
    resubmitAll: (items, request) => enter(items, request, false),
    async resubmit(item, request) {
      const [answer] = await enter([item], request, false);
      if (!answer) throw new Error('no answer was given to an item');
      return answer;
    },
  };
}

const noHeaders = {};
const plain: Plan = { verdicts: new Map(), news: [] };
const refused = (): Promise<never> => Promise.reject(new Unavailable('overloaded', 'more events wait to be folded than may'));

type GoodItem = Item & { readonly result: Decoded };
const isGood = (item: Item): item is GoodItem => item.result.ok;

/** How many requests one run takes: at least one, at most `MAX_GROUP` items. */
function fitting(waiting: readonly Waiting[]): number {
  let items = 0;
  let count = 0;
  for (const one of waiting) {
    items += one.items.length;
    if (count > 0 && items > MAX_GROUP) break;
    count++;
  }
  return count;
}

function firstAnswer(index: number, result: Decoded | Undecoded): ItemResult {
  if (result.ok) return { index, id: result.event.id, outcome: 'accepted' };
  const { code, path, message }: Rejection = result.rejection;
  return { index, id: result.id, outcome: notKept.has(code) ? 'rejected' : 'quarantined', code, path, message };
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
