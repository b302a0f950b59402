/** A provider's answer may repeat what it was sent; nothing secret of that may reach an answer, a log or the store. */
import { oneLineOf } from '../../domain/alerts/message.ts';
import type { OutgoingAlert, StoredChannel } from '../../pipeline/ports/channels.ts';

const MOST_SAID = 300;
/** Shorter values are words such as “send”, and hiding them would hide the answer. */
const LEAST_SEGMENT = 6;
const LEAST_VALUE = 4;
const MARK = '[secret]';

/** What of an address is secret: its query, its last segment, and any other segment that looks like a key. */
function secretsOfUrl(text: string): string[] {
  const url = URL.parse(text);
  if (!url) return [text];
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const keys = segments.filter((segment, i) => segment.length >= (i === segments.length - 1 ? LEAST_SEGMENT : 16));
  return [text, url.href, url.search.slice(1), ...keys, ...url.searchParams.values()].filter((value) => value.length >= LEAST_VALUE);
}

/** Everything that must not be repeated of a message, in the forms in which it may come back; the longest first. */
export function secretsOf(channel: StoredChannel, alert: Pick<OutgoingAlert, 'ackLink'>, more: readonly string[] = []): readonly string[] {
  const { secret, url } = channel;
  const plain = [
    ...(secret === null ? [] : [secret, secret.replace(/^whsec_/, '')]),
    ...(url === null ? [] : secretsOfUrl(url)),
    ...(alert.ackLink === null ? [] : [alert.ackLink, alert.ackLink.slice(alert.ackLink.lastIndexOf('/') + 1)]),
    ...more,
  ].filter((value) => value !== '');
  const forms = plain.flatMap((value) => [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('base64'),
    Buffer.from(value).toString('base64url'),
    Buffer.from(value).toString('hex'),
    decoded(value),
  ]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The answer on one short line without the secrets. */
export function redacted(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replace(new RegExp(literally(secret), 'gi'), MARK);
  // What was read may end within a secret.
  const lower = clean.toLowerCase();
  for (const secret of secrets) {
    for (let length = Math.min(secret.length - 1, lower.length); length >= LEAST_VALUE; length--) {
      if (!lower.endsWith(secret.slice(0, length).toLowerCase())) continue;
      clean = clean.slice(0, clean.length - length) + MARK;
      break;
    }
    if (clean.endsWith(MARK)) break;
  }
  const line = oneLineOf(clean);
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID)}…` : line;
}
