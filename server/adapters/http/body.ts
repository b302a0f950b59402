/**
 * Reads a request's body under hard limits. Express' own parsers accept compressed bombs up to
 * their limit, other charsets and empty bodies; here every such decision is ours.
 *
 * The bytes go into one buffer of the body's own size: a list of the chunks as they come would
 * cost several hundred bytes for each, and a sender chooses how small they are.
 */
import type { IncomingMessage } from 'node:http';
import { MAX_BATCH_BYTES } from '../../../shared/events/limits.ts';
import type { BodyShare, InFlight } from './in-flight.ts';
import { type HttpLimits, SMALL_BODY } from './limits.ts';
import { overloaded, problem, type Reply } from './reply.ts';

/**
 * Bytes over the limit that are read and thrown away so that the client, still
 * sending, gets to see the answer instead of a reset connection.
 */
const MAX_DRAINED = 16 * MAX_BATCH_BYTES;

export interface BodyParts {
  readonly inFlight: Pick<InFlight, 'takeBody'>;
  readonly limits: Pick<HttpLimits, 'bodyIdleMs' | 'lingerMs'>;
  /** Of the client, for its share of the room. */
  readonly address: string;
  /** Resolves when the answer is out or the connection is gone: only then is the body's room free again. */
  readonly answered: Promise<void>;
}

/** The whole body, or the refusal of one over `limit` bytes, compressed, cut off, too slow, or beyond what may be in flight. */
export function readBody(request: IncomingMessage, limit: number, parts: BodyParts): Promise<Uint8Array | Reply> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    request.resume();
    return Promise.resolve(
      problem(415, 'unsupported_encoding', 'compressed bodies are not taken: send it without Content-Encoding', {
        headers: { 'accept-encoding': 'identity' },
      }),
    );
  }
  const declared = declaredLength(request);
  if (declared !== null && declared > limit) return drain(request, limit);
  const share = parts.inFlight.takeBody(parts.address, declared ?? Math.min(SMALL_BODY, limit));
  if (!share) return Promise.resolve(refuse(request, parts.limits.lingerMs));
  void parts.answered.then(share.release);
  return fill(request, { ...parts, limit, declared, share });
}

function fill(
  request: IncomingMessage,
  { limits, limit, declared, share }: BodyParts & { limit: number; declared: number | null; share: BodyShare },
): Promise<Uint8Array | Reply> {
  return new Promise((resolve) => {
    // Not from the pool, which would keep more than this body alive. Made when the first byte is here: a head alone costs nothing.
    let buffer: Buffer | undefined;
    let size = 0;
    const idle = setTimeout(
      () => end(problem(408, 'body_timeout', 'the body stopped coming', { headers: { connection: 'close' } })),
      limits.bodyIdleMs,
    );
    const end = (answer: Uint8Array | Reply): void => {
      clearTimeout(idle);
      request.off('data', onData);
      if (!(answer instanceof Uint8Array)) {
        buffer = undefined;
        request.resume();
      }
      resolve(answer);
    };
    const onData = (chunk: Buffer): void => {
      idle.refresh();
      const needed = size + chunk.length;
      if (needed > limit) {
        buffer = undefined;
        clearTimeout(idle);
        request.off('data', onData);
        return resolve(drain(request, limit));
      }
      if (needed > (buffer?.length ?? 0)) {
        if (declared === null && needed > SMALL_BODY && (buffer?.length ?? 0) <= SMALL_BODY && !share.grow(limit))
          return end(refuse(request, limits.lingerMs));
        const grown = Buffer.allocUnsafeSlow(declared ?? (needed <= SMALL_BODY ? Math.min(SMALL_BODY, limit) : limit));
        buffer?.copy(grown, 0, 0, size);
        buffer = grown;
      }
      chunk.copy(buffer as Buffer, size);
      size = needed;
    };
    const cut = (): void => end(problem(400, 'body_cut_off', 'the connection ended before the body did'));
    request.on('data', onData);
    request.on('end', () => end(buffer?.subarray(0, size) ?? new Uint8Array()));
    request.on('error', cut);
    request.on('close', cut);
  });
}

/** Answers at once and lets the rest of the body pass by for a while, so that the client sees the answer. */
function refuse(request: IncomingMessage, lingerMs: number): Reply {
  request.resume();
  const linger = setTimeout(() => request.destroy(), lingerMs);
  linger.unref();
  request.on('close', () => clearTimeout(linger));
  request.on('end', () => clearTimeout(linger));
  return overloaded('more bytes are coming in than can be held; bodies up to 64 KB are still taken');
}

const tooLarge = (limit: number): Reply =>
  problem(413, 'too_large', `the body is over ${limit} bytes: send it in smaller parts`, { headers: { connection: 'close' } });

function drain(request: IncomingMessage, limit: number): Promise<Reply> {
  return new Promise((resolve) => {
    let size = 0;
    const answer = (): void => resolve(tooLarge(limit));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_DRAINED) answer();
    });
    for (const event of ['end', 'error', 'close']) request.on(event, answer);
  });
}

/** Null for a chunked body, whose length nobody knows yet. */
function declaredLength(request: IncomingMessage): number | null {
  const length = request.headers['content-length'];
  return length === undefined ? (request.headers['transfer-encoding'] === undefined ? 0 : null) : Number(length);
}
