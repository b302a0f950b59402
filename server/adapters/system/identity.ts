/** Randomness, which the core is handed instead of reaching for. */
import { randomUUID } from 'node:crypto';

/** A random UUID (version 4). */
export function randomId(): string {
  return randomUUID();
}
