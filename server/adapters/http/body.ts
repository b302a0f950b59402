/**
 * Reads a request's body under a hard limit. Express' own parsers accept compressed
 * bombs up to their limit, other charsets and empty bodies; here every such decision is ours.
 */
import type { IncomingMessage } from 'node:http';
import { problem, type Reply } from './reply.ts';

/** 1 MB (contract, Limits). */
export const MAX_BODY = 1_048_576;
/**
 * Bytes over the limit that are read and thrown away so that the client, still
 * sending, gets to see the answer instead of a reset connection.
 */
const MAX_DRAINED = 16 * MAX_BODY;

export function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | Reply> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    request.resume();
    return Promise.resolve(
      problem(415, 'unsupported_encoding', 'compressed bodies are not taken: send it without Content-Encoding', {
        headers: { 'accept-encoding': 'identity' },
      }),
    );
  }
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = () =>
      problem(413, 'too_large', `the body is over ${limit} bytes: send it in smaller parts`, { headers: { connection: 'close' } });
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
      if (size > MAX_DRAINED) resolve(tooLarge());
    });
    request.on('end', () => resolve(size > limit ? tooLarge() : Buffer.concat(chunks)));
    const cut = () => resolve(problem(400, 'body_cut_off', 'the connection ended before the body did'));
    request.on('error', cut);
    request.on('close', cut);
  });
}
