/**
 * The `id` of an item that could not be read, as far as its bytes show one, so that the
 * answer to a batch can still name it. Never used for anything but naming.
 */
import { MAX_EVENT_BYTES, MAX_ID } from '../../../shared/events/limits.ts';
import { hasLength } from '../../../shared/text/character-count.ts';
import { stringMember } from './top-level-member.ts';

/** Bytes of one character at most, written as two escapes of six. */
const MAX_CHARACTER_BYTES = 12;

/** The top-level member `id` if it is a short string within the first 64 KB. `decodeUtf8` gives undefined for bad bytes. */
export function peekId(bytes: Uint8Array, decodeUtf8: (bytes: Uint8Array) => string | undefined): string | null {
  const quoted = stringMember(bytes, 'id', MAX_EVENT_BYTES);
  if (quoted === undefined || quoted.length > MAX_ID * MAX_CHARACTER_BYTES) return null;
  const decoded = decodeUtf8(quoted);
  if (decoded === undefined) return null;
  try {
    const id: unknown = JSON.parse(decoded);
    return typeof id === 'string' && hasLength(id, 1, MAX_ID) ? id.toWellFormed().replaceAll('\0', '') : null;
  } catch {
    return null;
  }
}
