/**
 * CloudEvents in Kafka's binary mode: attributes in headers `ce_…`, data alone in the
 * value (CloudEvents Kafka protocol binding 1.0.2, section 3.2). A structured content
 * type wins over such headers: producers repeat attributes there for routing.
 */
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { badText } from './values.ts';

export type Headers = Readonly<Record<string, string>>;

const attributes = ['specversion', 'id', 'source', 'type', 'time', 'subject'] as const;

export function isBinaryMode(headers: Headers): boolean {
  if (headers['ce_specversion'] === undefined && headers['ce_id'] === undefined && headers['ce_type'] === undefined) return false;
  return !/^application\/cloudevents/i.test(headers['content-type'] ?? '');
}

/** The envelope's attributes as they would stand in a structured event, without `data`. */
export function binaryEnvelope(headers: Headers): Record<string, unknown> | Rejection {
  const envelope: Record<string, unknown> = {};
  for (const name of attributes) {
    const value = headers[`ce_${name}`];
    if (value === undefined) continue;
    const refused = badText(value, name);
    if (refused) return refused;
    envelope[name] = value;
  }
  return envelope;
}

/**
 * The bytes of a record as one structured event, so that what is kept can be sent again:
 * in binary mode the value alone has lost its envelope. `encode` is UTF-8.
 */
export function structuredBytes(value: Uint8Array, headers: Headers, encode: (text: string) => Uint8Array): Uint8Array {
  if (!isBinaryMode(headers)) return value;
  const envelope: Record<string, string> = {};
  for (const name of attributes) {
    const attribute = headers[`ce_${name}`];
    if (attribute !== undefined) envelope[name] = attribute;
  }
  const head = encode(`${JSON.stringify(envelope).slice(0, -1)},"data":`);
  const whole = new Uint8Array(head.length + value.length + 1);
  whole.set(head);
  whole.set(value, head.length);
  whole[whole.length - 1] = 0x7d;
  return whole;
}
