/**
 * Facts: what the war room keeps of events. A fact (kind, key) has one slot per
 * event type that may speak of it (an order: paid and cancelled); a slot holds
 * that type's highest version. Every other version ever accepted is history.
 */
import type { FactKind } from '../../shared/events/define.ts';
import type { EventData, EventType } from '../../shared/events/registry.ts';

/** A text as it lies in bytes somebody else holds, from `from` up to before `to`. */
export interface Utf8Range {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** One accepted version of a fact. */
export type FactVersion<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    readonly version: number;
    /** Event time, UTC ms. */
    readonly occurredAt: number;
    /** The store's clock at first sight of this version, UTC ms. */
    readonly receivedAt: number;
    /** Number of the epoch of our clock it was stamped in; absent = 0. */
    readonly epoch?: number;
    /** When an earlier version of the same type was first received; absent where none came before this one. */
    readonly firstReceivedAt?: number;
    /** Number of the epoch of our clock that receipt was stamped in; absent = 0. */
    readonly firstEpoch?: number;
    /** Id of the envelope that brought this version first; absent in what an older version of the program stored. */
    readonly eventId?: string;
    readonly data: EventData<K>;
    /**
     * Canonical JSON of `data`'s known fields, which is what JSON.stringify makes of it: a text, or where it lies
     * in the bytes that came. Same text and `occurredAt` = same content [I4].
     */
    readonly body: string | Utf8Range;
  };
}[T];

export interface Fact {
  readonly kind: FactKind;
  /** See `factKey`. */
  readonly key: string;
  readonly source: string;
  /** Standing versions, at most one per event type. */
  readonly versions: readonly FactVersion[];
}

/** The body as a text. */
export function bodyText({ body, data }: Pick<FactVersion, 'body' | 'data'>): string {
  return typeof body === 'string' ? body : JSON.stringify(data);
}

/** Key of a fact within its kind: the same id from two sources is two facts (contract, “Key”). */
export function factKey(source: string, naturalKey: string): string {
  // A space cannot occur in a URI reference, so the source ends at the first one.
  return `${source} ${naturalKey}`;
}

/** The standing version of one type, or undefined. */
export function standing<T extends EventType>(fact: Fact, type: T): FactVersion<T> | undefined {
  // Asked many times an event: a loop costs half of what a callback does.
  for (const version of fact.versions) if (version.type === type) return version as FactVersion<T>;
  return undefined;
}

/** Highest version over all slots; 0 for a fact without versions. */
export function topVersion(fact: Fact): number {
  let top = 0;
  for (const v of fact.versions) if (v.version > top) top = v.version;
  return top;
}
