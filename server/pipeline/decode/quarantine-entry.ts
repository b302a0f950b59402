/** What is kept of a record that is not counted [I9]: enough to see it, mend it and send it again. */
import { MAX_KEPT_BYTES } from '../../../shared/events/limits.ts';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import type { Decoded, Undecoded } from './decode.ts';
import type { QuarantineEntry } from '../ports/transaction.ts';

export interface Origin {
  /** `kafka <topic>/<partition>@<offset>`, `log …` or `http <request id>#<index>`. */
  readonly position: string;
  readonly topic: string;
  readonly receivedAt: number;
}

/** `bytes` are the record as one structured event; `what` is what could be read of it, if anything. */
export function quarantineEntry(
  rejection: Rejection,
  bytes: Uint8Array,
  origin: Origin,
  what: Decoded | Undecoded | undefined,
  sha256: (bytes: Uint8Array) => string,
): QuarantineEntry {
  const named = what?.ok ? what.event : what;
  return {
    rejection,
    raw: bytes.length > MAX_KEPT_BYTES ? bytes.subarray(0, MAX_KEPT_BYTES) : bytes,
    sha256: sha256(bytes),
    length: bytes.length,
    position: origin.position,
    topic: origin.topic,
    eventId: named?.id ?? null,
    eventType: named?.type ?? null,
    source: named?.source ?? null,
    receivedAt: origin.receivedAt,
  };
}

/** The one rejection only the store can find [I4]. */
export const idConflict: Rejection = {
  code: 'id_conflict',
  path: 'data.version',
  message: 'this id and version came before with other content; the first to come stays, send the change as a higher version',
};
