/**
 * CloudEvents binary mode over HTTP (CloudEvents HTTP binding 1.0, section 3.1):
 * attributes in `ce-` headers, the data as the body. The two are put together to the
 * bytes of one structured event, so that only one decoder judges events.
 */
import { isAttributeName, percentDecoded, unquoted, type AttributeName } from '../../pipeline/decode/attribute-value.ts';
import { withoutMark } from '../../pipeline/decode/byte-order-mark.ts';
import { splitArray } from './batch.ts';
import { problem, type Reply } from './reply.ts';

const PREFIX = 'ce-';
const text = new TextEncoder();

/** The attribute a header names, if we read it. Other `ce-` headers, extensions and strays alike, are ignored unread [I13]. */
function attributeOf(header: string): AttributeName | undefined {
  const name = header.toLowerCase();
  const attribute = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
  return isAttributeName(attribute) ? attribute : undefined;
}

export function isBinaryMode(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some((name, index) => index % 2 === 0 && attributeOf(name) !== undefined);
}

/** @param rawHeaders names and values alternating; values one character a byte, as Node gives them */
export function assembleBinary(rawHeaders: readonly string[], given: Uint8Array): Uint8Array | Reply {
  const attributes = new Map<AttributeName, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = attributeOf(rawHeaders[i] ?? '');
    if (name === undefined) continue;
    const bad = (why: string) => problem(400, 'bad_header', `header ${PREFIX}${name}: ${why}`, { path: name });
    if (attributes.has(name)) return bad('given more than once');
    const value = decodeValue(rawHeaders[i + 1] ?? '');
    if (value === null) return bad('not percent-encoded UTF-8');
    attributes.set(name, value);
  }
  const body = withoutMark(given);
  // A body of anything but one balanced value could close the event and write fields of
  // its own; as it is no JSON text either, the decoder says so when given it alone.
  const cut = splitArray(concat(text.encode('['), body, text.encode(']')), 1);
  if (!('items' in cut)) return body;
  const head = [...attributes].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`).join('');
  return concat(text.encode(`{${head}"data":`), body, text.encode('}'));
}

/** Header values carry UTF-8 percent-encoded; raw UTF-8 bytes, though not allowed, are common and unambiguous. */
function decodeValue(value: string): string | null {
  try {
    const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
    return percentDecoded(unquoted(new TextDecoder('utf-8', { fatal: true }).decode(bytes))) ?? null;
  } catch {
    return null;
  }
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
