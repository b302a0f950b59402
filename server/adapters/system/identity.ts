/** Randomness and digests, which the core is handed instead of reaching for. */
import { createHash, randomUUID } from 'node:crypto';

/** A random UUID (version 4). */
export function randomId(): string {
  return randomUUID();
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
