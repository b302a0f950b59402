/**
 * How versions are written into one text column: a line each, `type version
 * occurredAt receipt[/firstReceipt][@eventId] body`; receipt-text.ts says how a receipt is written. Bodies are JSON on one
 * line already, so writing costs a concatenation and reading keeps them byte for byte; JSON around JSON would escape every
 * quote of every order.
 */
import { bodyText, type FactVersion } from '../../domain/facts.ts';
import { readReceipt, receiptText, type ClockShifts } from './receipt-text.ts';
import type { TextInBytes } from './steps.ts';

export function encodeVersion(v: FactVersion, shifts: ClockShifts): string {
  return `${headOf(v, shifts)}${bodyText(v)}`;
}

/** Names of types are ASCII. */
function headOf(v: FactVersion, shifts: ClockShifts): string {
  const { type, version, occurredAt, receivedAt, epoch = 0, firstReceivedAt, firstEpoch = 0, eventId } = v;
  const receipt = receiptText(receivedAt, epoch, shifts);
  const received = firstReceivedAt === undefined ? receipt : `${receipt}/${receiptText(firstReceivedAt, firstEpoch, shifts)}`;
  const id = eventId === undefined ? '' : `@${plainId.test(eventId) ? eventId : encodeURIComponent(eventId)}`;
  return `${type} ${version} ${occurredAt} ${received}${id} `;
}

/** Ids nearly always are: encoding costs ten times as much as asking. Spaces part the head, a brace begins the body. */
const plainId = /^[\w.:/+=@~-]+$/;

/** A single version whose body is at hand as bytes is not made a string first: nothing reads it here. */
export function encodeVersions(versions: readonly FactVersion[], shifts: ClockShifts): string | TextInBytes {
  const first = versions[0];
  if (versions.length !== 1 || !first) return versions.map((version) => encodeVersion(version, shifts)).join('\n');
  if (typeof first.body === 'string') return encodeVersion(first, shifts);
  return { head: headOf(first, shifts), tail: first.body };
}

export function decodeVersion(line: string, shifts: ClockShifts): FactVersion {
  const a = line.indexOf(' ');
  const b = line.indexOf(' ', a + 1);
  const c = line.indexOf(' ', b + 1);
  const d = line.indexOf(' ', c + 1);
  const body = line.slice(d + 1);
  const at = line.indexOf('@', c + 1);
  const received = line.slice(c + 1, at >= 0 && at < d ? at : d);
  const slash = received.indexOf('/');
  const receipt = readReceipt(slash < 0 ? received : received.slice(0, slash), shifts);
  // Written out field by field, since every fact that is read comes through here: a spread costs more than all the rest.
  const version: Record<string, unknown> = {
    type: line.slice(0, a),
    version: Number(line.slice(a + 1, b)),
    occurredAt: Number(line.slice(b + 1, c)),
    receivedAt: receipt.at,
    data: JSON.parse(body),
    body,
  };
  if (receipt.epoch > 0) version['epoch'] = receipt.epoch;
  if (slash >= 0) {
    const first = readReceipt(received.slice(slash + 1), shifts);
    version['firstReceivedAt'] = first.at;
    if (first.epoch > 0) version['firstEpoch'] = first.epoch;
  }
  if (at >= 0 && at < d) version['eventId'] = decodeURIComponent(line.slice(at + 1, d));
  return version as FactVersion;
}

export function decodeVersions(text: string, shifts: ClockShifts): FactVersion[] {
  if (text === '') return [];
  return text.includes('\n') ? text.split('\n').map((line) => decodeVersion(line, shifts)) : [decodeVersion(text, shifts)];
}
