/**
 * CloudEvents in Kafka's binary mode: attributes in headers `ce_…`, data alone in the
 * value (CloudEvents Kafka protocol binding 1.0.2, section 3.2). A structured event keeps its own attributes
 * whatever headers say: producers repeat attributes there for routing. It is known by a structured
 * content type or by the member `specversion` of its value. Names of headers are compared without regard to case.
 */
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { attributeNames, isAttributeName, percentDecoded, unquoted, type AttributeName } from './attribute-value.ts';
import { withoutMark } from './byte-order-mark.ts';
import { hasMember } from './top-level-member.ts';
import { badText } from './values.ts';

export type Headers = Readonly<Record<string, string>>;

/** Headers that name an attribute we read, as they came. */
export type AttributeHeaders = ReadonlyMap<AttributeName, string>;

/** undefined when the headers describe no event, or leave it to the value. Costs nothing for a record without headers. */
export function attributeHeaders(headers: Headers): AttributeHeaders | undefined {
  let found: Map<AttributeName, string> | undefined;
  for (const given in headers) {
    const name = given.toLowerCase();
    const value = headers[given];
    if (value === undefined) continue;
    if (name === 'content-type' && /^\s*application\/cloudevents/i.test(value)) return undefined;
    if (!name.startsWith('ce_')) continue;
    const attribute = name.slice(3);
    if (isAttributeName(attribute)) (found ??= new Map()).set(attribute, value);
  }
  // Others alone, such as a stray `ce_time`, make no event of a value.
  return found && (found.has('specversion') || found.has('id') || found.has('type')) ? found : undefined;
}

/** True when a parsed value is a structured event, whatever headers stand beside it. */
export function isStructured(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) && Object.hasOwn(parsed, 'specversion');
}

/** The envelope's attributes as they would stand in a structured event, without `data`. */
export function binaryEnvelope(
  headers: AttributeHeaders,
): { readonly envelope: Record<string, unknown> } | { readonly refused: Rejection } {
  const envelope: Record<string, unknown> = {};
  for (const name of attributeNames) {
    const given = headers.get(name);
    if (given === undefined) continue;
    const value = valueOf(name, given);
    const refused = badText(value, name);
    if (refused) return { refused };
    envelope[name] = value;
  }
  return { envelope };
}

/**
 * Kafka's binding leaves percent signs alone, gateways from HTTP do not. A source is a URI reference and may hold escapes
 * of its own: undoing those would make another source of it, and another fact of every event.
 */
function valueOf(name: AttributeName, given: string): string {
  const value = unquoted(given);
  return name === 'source' ? value : (percentDecoded(value) ?? value);
}

/**
 * The bytes of a record as one structured event, so that what is kept can be sent again:
 * in binary mode the value alone has lost its envelope. `encode` is UTF-8.
 */
export function structuredBytes(value: Uint8Array, headers: Headers, encode: (text: string) => Uint8Array): Uint8Array {
  const attributes = attributeHeaders(headers);
  if (!attributes || hasMember(value, 'specversion')) return value;
  const envelope: Record<string, string> = {};
  for (const name of attributeNames) {
    const given = attributes.get(name);
    if (given !== undefined) envelope[name] = valueOf(name, given);
  }
  const head = encode(`${JSON.stringify(envelope).slice(0, -1)},"data":`);
  const data = withoutMark(value);
  const whole = new Uint8Array(head.length + data.length + 1);
  whole.set(head);
  whole.set(data, head.length);
  whole[whole.length - 1] = 0x7d;
  return whole;
}
