/** What may be in flight at the HTTP edge [I13]; limits of one body and one event stand in `shared/events/limits.ts`. */

/** Bodies up to here are taken from a reserve of their own, so that large ones never shut them out. */
export const SMALL_BODY = 65_536;
export interface HttpLimits {
  /** Bytes of larger bodies held at a time, from arrival to answer: all addresses, and one of them. */
  readonly bodies: Room;
  /** The same of bodies up to `SMALL_BODY`. */
  readonly smallBodies: Room;
  /** Bytes of answers that clients have not taken yet. */
  readonly answers: number;
  /** Requests worked on at a time; those whose body is still coming do not count. */
  readonly requests: number;
  readonly connections: number;
  /** A body that sends nothing for so long is given up, ms. */
  readonly bodyIdleMs: number;
  /** So long the rest of a refused body is read and thrown away, ms: a client that still sends gets to see the answer. */
  readonly lingerMs: number;
  /** A client that takes nothing of its answer for so long is cut off, ms. */
  readonly answerIdleMs: number;
}
export interface Room {
  readonly all: number;
  readonly perAddress: number;
}

const MB = 1_048_576;
/**
 * Together they keep the process within 200 MB of its rest, measured: bodies 64 MB, what is decoded of
 * them 8 MB (`EventIntake`), answers 32 MB, 5,000 connections about 40 MB.
 */
export const httpLimits: HttpLimits = {
  bodies: { all: 16 * MB, perAddress: 8 * MB },
  smallBodies: { all: 48 * MB, perAddress: 32 * MB },
  answers: 32 * MB,
  requests: 512,
  connections: 5_000,
  bodyIdleMs: 10_000,
  lingerMs: 5_000,
  answerIdleMs: 30_000,
};
