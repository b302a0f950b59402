/** The one way a request leaves: no redirect is followed, an answer is read up to 64 KB, and after ten seconds it is over. */
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Address, destinationOf, judgedAddresses, PrivateAddress, type Resolve } from './destination.ts';

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}
export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most 64 KB of it. */
  readonly body: string;
}
/** No answer came. `permanent`: the request was refused before it was sent, and would be again. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly permanent: boolean;
  readonly words: string;
}
export interface Network {
  readonly resolve: Resolve;
  /** `host:port` of hosts that may be private and unencrypted. */
  readonly allow: ReadonlySet<string>;
  readonly timeoutMs: number;
}

export const MOST_ANSWER_BYTES = 65_536;

export async function post(message: HttpRequest, { resolve, allow, timeoutMs }: Network): Promise<HttpAnswer | HttpFailure> {
  const destination = destinationOf(message.url, 'http', allow);
  if (typeof destination === 'string') return { kind: 'failure', permanent: true, words: `the address is refused: ${destination}` };
  const outcome = Promise.withResolvers<HttpAnswer | HttpFailure>();
  const fail = (words: string) => outcome.resolve({ kind: 'failure', permanent: false, words });
  let judged: readonly Address[] = [];
  const lookup: LookupFunction = (_host, options, callback) => {
    judgedAddresses(destination, resolve).then(
      (addresses) => {
        judged = addresses;
        const [first] = addresses;
        if (options.all) callback(null, [...addresses]);
        else callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  const body = typeof message.body === 'string' ? Buffer.from(message.body) : message.body;
  const request = (destination.encrypted ? tlsRequest : plainRequest)(message.url, {
    method: 'POST',
    // A pooled connection would skip the judgement of its address.
    agent: false,
    lookup,
    headers: { ...message.headers, 'content-length': String(body.length), connection: 'close', 'user-agent': 'marketing-war-room' },
  });
  const timer = setTimeout(() => {
    fail(`no answer within ${timeoutMs / 1_000} s`);
    request.destroy();
  }, timeoutMs);
  request.on('socket', (socket) =>
    socket.on('connect', () => {
      const { remoteAddress } = socket;
      if (judged.length === 0 || judged.some(({ address }) => address === remoteAddress)) return;
      fail('the connection led to another address than the name');
      request.destroy();
    }),
  );
  request.on('error', (error) => fail(wordsOf(error)));
  request.on('response', (response) => {
    const parts: Buffer[] = [];
    let size = 0;
    const finish = () => {
      const headers = Object.entries(response.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      );
      outcome.resolve({
        kind: 'answer',
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(headers),
        body: Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES).toString('utf8'),
      });
    };
    response.on('data', (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size < MOST_ANSWER_BYTES) return;
      finish();
      request.destroy();
    });
    response.on('end', finish);
    response.on('error', (error) => fail(wordsOf(error)));
    response.on('aborted', () => fail('the connection was cut during the answer'));
  });
  request.end(body);
  try {
    return await outcome.promise;
  } finally {
    clearTimeout(timer);
    request.destroy();
  }
}

/** What went wrong on the way, in words that name nothing of the request. */
export function wordsOf(error: NodeJS.ErrnoException): string {
  if (error instanceof PrivateAddress) return `the address is refused: ${error.message}; CHANNEL_ALLOW names exceptions`;
  const code = error.code ?? 'error';
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return `the name of the host was not found (${code})`;
  if (code === 'ECONNREFUSED') return `nothing listens there (${code})`;
  if (code === 'ECONNRESET' || code === 'EPIPE') return `the connection was cut (${code})`;
  if (/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code)) return `the host cannot be reached (${code})`;
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(code)) return `no encrypted connection came about (${code})`;
  return `the connection failed (${code})`;
}
