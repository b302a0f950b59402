/**
 * The CloudEvents 1.0 envelope around an event's data: the attributes the war room
 * reads. Extensions and `datacontenttype` are accepted and ignored.
 */
import { MAX_ID } from '../../../shared/events/limits.ts';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { MAX_AHEAD_MS } from '../../domain/fold/detection.ts';
import { hasLength } from '../../../shared/text/character-count.ts';
import { instantMessage, parseInstant } from '../../../shared/events/rfc3339.ts';

export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly occurredAt: number;
}

/** Longest source; the CloudEvents specification sets none, and it is part of every key in the store. */
const MAX_SOURCE = 1_024;
/** Spaces, control characters and what RFC 3986 excludes everywhere: a URI reference has none of them. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NOT_IN_URI = /[\s\u0000-\u001f\u007f-\u009f<>"{}|\\^`]/;

function wrong(path: string, message: string): Rejection {
  return { code: 'bad_envelope', path, message };
}

/** `now` = the store's clock, UTC ms. */
export function readEnvelope(raw: Readonly<Record<string, unknown>>, now: number): Envelope | Rejection {
  const { specversion, id, source, type, subject } = raw;
  if (specversion !== '1.0') return wrong('specversion', 'specversion must be the text "1.0"');
  if (typeof id !== 'string' || !hasLength(id, 1, MAX_ID)) return wrong('id', `id must be text of 1 to ${MAX_ID} characters`);
  if (typeof source !== 'string' || !hasLength(source, 1, MAX_SOURCE) || NOT_IN_URI.test(source))
    return wrong('source', `source must be a URI reference of 1 to ${MAX_SOURCE} characters, without spaces`);
  if (typeof type !== 'string' || type.length === 0) return wrong('type', 'type must be text, such as sales.order.paid');
  if (subject !== undefined && subject !== null && typeof subject !== 'string') return wrong('subject', 'subject must be text');
  if (raw['data_base64'] !== undefined && raw['data_base64'] !== null)
    return wrong('data_base64', 'send data as JSON in `data`, not as base64');
  const occurredAt = parseInstant(raw['time']);
  if (typeof occurredAt !== 'number') return { code: 'bad_time', path: 'time', message: instantMessage(occurredAt) };
  if (occurredAt > now + MAX_AHEAD_MS)
    return {
      code: 'future_dated',
      path: 'time',
      message: 'time lies more than two minutes ahead of our clock; check the clock of the source',
    };
  return { id, source, type, occurredAt };
}
