/** Random ids for the pipeline, which receives this function instead of calling Node itself. */
import { randomUUID } from 'node:crypto';

/** A random UUID (version 4). */
export function randomId(): string {
  return randomUUID();
}
