/**
 * The only place that parses: bytes of a record in, an event or a rejection out. Both
 * doors (HTTP and the log) call it, so that they can never disagree.
 *
 * The order of the checks is their price and their danger: size before anything, bytes
 * before text, nesting before parsing, parsing before meaning. Costs about 3 µs for an
 * order of two lines, four tenths of it JSON.parse.
 */
import type { FactKind, Topic } from '../../../shared/events/define.ts';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { MAX_DEPTH, MAX_EVENT_BYTES, MAX_ID, MAX_KAFKA_VALUE_BYTES } from '../../../shared/events/limits.ts';
import type { WarroomEvent } from '../../../shared/events/registry.ts';
import { excerpt } from '../../../shared/text/excerpt.ts';
import { factKey, type Utf8Range } from '../../domain/facts.ts';
import { isReserved } from '../../domain/synthetic.ts';
import { attributeHeaders, binaryEnvelope, isStructured, type AttributeHeaders, type Headers } from './binary-mode.ts';
import { withoutMark } from './byte-order-mark.ts';
import { findDuplicateKey } from './duplicate-key.ts';
import { readEnvelope } from './envelope.ts';
import { peekId } from './peek-id.ts';
import { breaksRule, foreignPart, isObject } from './rules.ts';
import { scanJson } from './scan.ts';
import { readData } from './schema.ts';
import { countMembers, findBadText } from './values.ts';

export interface Decoded {
  readonly ok: true;
  readonly event: WarroomEvent;
  /** Canonical JSON of the data's known fields: what content equality is judged by [I4]. */
  readonly body: string | Utf8Range;
  readonly kind: FactKind;
  readonly topic: Topic;
  /** Key of the fact within its kind. */
  readonly key: string;
  /** Of the fact. */
  readonly version: number;
}
export interface Undecoded {
  readonly ok: false;
  readonly rejection: Rejection;
  /** As far as they could be read, shortened; for people. */
  readonly id: string | null;
  readonly type: string | null;
  readonly source: string | null;
}

export interface DecoderOptions {
  /** ISO 4217 code of the workspace. */
  readonly currency: string;
  /** Strict UTF-8, byte order mark kept; undefined for anything else. */
  readonly decodeUtf8: (bytes: Uint8Array) => string | undefined;
  /** Whether this system made an event, as parsed, that has one of its own sources; absent: it made none. */
  readonly isOwn?: (event: Readonly<Record<string, unknown>>) => boolean;
}
/** `now` = the store's clock, UTC ms. Pass empty headers for a structured event. */
export type Decode = (value: Uint8Array, headers: Headers, now: number) => Decoded | Undecoded;

const reservedSource: Rejection = {
  code: 'reserved_source',
  path: 'source',
  message: 'sources that begin with urn:warroom: are kept for what this system sends itself; give the event another source',
};

export function createDecoder({ currency, decodeUtf8, isOwn = () => false }: DecoderOptions): Decode {
  const unreadable = (bytes: Uint8Array, rejection: Rejection): Undecoded => ({
    ok: false,
    rejection,
    id: peekId(bytes, decodeUtf8),
    type: null,
    source: null,
  });

  return function decode(given, headers, now) {
    if (given.length > MAX_EVENT_BYTES) return unreadable(given, tooLarge(given.length));
    const value = withoutMark(given);
    const text = decodeUtf8(value);
    if (text === undefined) return unreadable(value, { code: 'bad_utf8', path: '', message: 'the bytes are not valid UTF-8' });
    const scan = scanJson(value);
    if (scan.depth > MAX_DEPTH)
      return unreadable(value, { code: 'too_deep', path: '', message: `nested ${scan.depth} levels deep; ${MAX_DEPTH} are allowed` });

    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return unreadable(value, { code: 'not_json', path: '', message: notJson(text) });
    }
    const binary = isStructured(parsed) ? undefined : attributeHeaders(headers);
    const members = countMembers(parsed);
    if (typeof members !== 'number') return unreadable(value, binary ? below(members) : members);
    if (members !== scan.members) {
      const path = findDuplicateKey(text);
      return unreadable(value, { code: 'duplicate_key', path, message: 'the same key stands twice in one object; which value is meant?' });
    }
    if (scan.escapes) {
      const bad = findBadText(parsed);
      if (bad) return unreadable(value, binary ? below(bad) : bad);
    }

    if (binary) return readBinary(binary, parsed, value, now);
    if (!isObject(parsed))
      return unreadable(value, {
        code: 'bad_envelope',
        path: '',
        message: 'an event is a JSON object with specversion, id, source, type, time and data',
      });
    const written = scan.data && { bytes: value, from: scan.data.from, to: scan.data.to };
    return readEvent(parsed, parsed['data'], written, now);
  };

  function readBinary(headers: AttributeHeaders, data: unknown, value: Uint8Array, now: number): Decoded | Undecoded {
    const read = binaryEnvelope(headers);
    return 'refused' in read ? unreadable(value, read.refused) : readEvent(read.envelope, data, undefined, now);
  }

  /** `written` = the data if every token stands in it as JSON.stringify writes it. */
  function readEvent(
    raw: Readonly<Record<string, unknown>>,
    data: unknown,
    written: Utf8Range | undefined,
    now: number,
  ): Decoded | Undecoded {
    const envelope = readEnvelope(raw, now);
    if ('code' in envelope) return refused(raw, envelope);
    if (isReserved(envelope.source) && !isOwn(raw)) return refused(raw, reservedSource);
    const known = readData(envelope.type, data);
    if ('code' in known) return refused(raw, known);
    const { definition } = known;
    const event = {
      type: definition.type,
      id: envelope.id,
      source: envelope.source,
      occurredAt: envelope.occurredAt,
      data: known.data,
    } as WarroomEvent;
    // Data that is as given holds no field that its schema does not know.
    const broken = breaksRule(event, currency) ?? (known.asGiven ? undefined : foreignPart(data, currency));
    if (broken) return refused(raw, broken);
    const parts = (definition.key as (data: unknown, occurredAt: number) => readonly string[])(known.data, envelope.occurredAt);
    return {
      ok: true,
      event,
      // Most sources write what we would write: a view of it instead of writing it again.
      body: (known.asGiven && written) || JSON.stringify(known.data),
      kind: definition.kind,
      topic: definition.topic,
      version: known.data.version,
      key: factKey(envelope.source, parts.length === 1 ? (parts[0] as string) : JSON.stringify(parts)),
    };
  }
}

function refused(raw: Readonly<Record<string, unknown>>, rejection: Rejection): Undecoded {
  return { ok: false, rejection, id: short(raw['id']), type: short(raw['type']), source: short(raw['source']) };
}

/** Input kept for people: never longer than an id may be. */
function short(value: unknown): string | null {
  return typeof value === 'string' ? excerpt(value.toWellFormed(), MAX_ID) : null;
}

/** In binary mode the value is the event's data. */
function below(rejection: Rejection): Rejection {
  return { ...rejection, path: rejection.path === '' ? 'data' : `data.${rejection.path}` };
}

function tooLarge(length: number): Rejection {
  const limit = length > MAX_KAFKA_VALUE_BYTES ? `${MAX_KAFKA_VALUE_BYTES} bytes of a Kafka value` : `${MAX_EVENT_BYTES} bytes of an event`;
  return { code: 'too_large', path: '', message: `${length} bytes are more than the ${limit}` };
}

/** Never quotes the input, as engines do in theirs: it may be somebody's text. */
function notJson(text: string): string {
  if (text.length === 0) return 'the record is empty';
  return 'the text is not JSON';
}
