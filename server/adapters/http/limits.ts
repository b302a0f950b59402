/** How much may be in flight in the HTTP server [I13]. Limits of one body and of one event are in `shared/events/limits.ts`. */

/** Bodies up to this many bytes have a limit of their own, so that large bodies never keep them out. */
export const SMALL_BODY = 65_536;
export interface HttpLimits {
  /** Bytes of bodies over `SMALL_BODY` that may be in memory at a time; each body counts from its arrival to its answer. */
  readonly bodies: ByteLimit;
  /** The same for bodies up to `SMALL_BODY`. */
  readonly smallBodies: ByteLimit;
  /** Bytes of answers that clients have not received yet. */
  readonly answers: number;
  /** Requests handled at a time; requests whose body is still arriving do not count. */
  readonly requests: number;
  readonly connections: number;
  /** A body of which nothing arrives for so many ms is refused. */
  readonly bodyIdleMs: number;
  /** For so many ms the rest of a refused body is read and dropped, so that a client that is still sending receives the answer. */
  readonly lingerMs: number;
  /** A client that receives nothing of its answer for so many ms is disconnected. */
  readonly answerIdleMs: number;
}
/** Bytes over all client addresses, and of one address. */
export interface ByteLimit {
  readonly all: number;
  readonly perAddress: number;
}

const MB = 1_048_576;
/**
 * With these limits, load raises the memory of the process by at most 200 MB, as measured: bodies take
 * 64 MB, events decoded from them 8 MB (`EventIntake`), answers 32 MB, and 5,000 connections about 40 MB.
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
