/** The one way a request leaves: no redirect is followed, an answer is read up to 64 KB, and after ten seconds it is over. */
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest, type RequestOptions } from 'node:https';
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
  let over = false;
  let request: ClientRequest | undefined;
  const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1_000} s`), timeoutMs);
  const start = async () => {
    const judged = await judgedAddresses(destination, resolve);
    if (over) return;
    request = (destination.encrypted ? tlsRequest : plainRequest)(message.url, { ...optionsOf(message), lookup: answering(judged) });
    request.on('socket', (socket) =>
      socket.on('connect', () => {
        if (judged.some(({ address }) => address === socket.remoteAddress)) return;
        fail('the connection led to another address than the name');
        request?.destroy();
      }),
    );
    request.on('error', (error) => fail(wordsOf(error)));
    request.on('response', (response) => {
      readAnswer(response).then(outcome.resolve, (error: unknown) => fail(wordsOf(error)));
    });
    request.end(message.body);
  };
  start().catch((error: unknown) => fail(wordsOf(error)));
  try {
    return await outcome.promise;
  } finally {
    over = true;
    clearTimeout(timer);
    request?.destroy();
  }
}

function optionsOf({ headers, body }: HttpRequest): RequestOptions {
  const length = { 'content-length': String(Buffer.byteLength(body)), connection: 'close', 'user-agent': 'marketing-war-room' };
  // A pooled connection would skip the judgement of its address.
  return { method: 'POST', agent: false, headers: { ...headers, ...length } };
}

/** Resolves the name to the addresses that were judged, whatever a resolver would say by now. */
function answering(judged: readonly Address[]): LookupFunction {
  const [first] = judged;
  return (_host, options, callback) => {
    if (options.all) process.nextTick(callback, null, [...judged]);
    else process.nextTick(callback, null, first?.address ?? '', first?.family ?? 0);
  };
}

function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const answer = Promise.withResolvers<HttpAnswer>();
  const parts: Buffer[] = [];
  let size = 0;
  const finish = () => {
    const headers = Object.entries(response.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
    const body = Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES).toString('utf8');
    answer.resolve({ kind: 'answer', status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body });
  };
  response.on('data', (part: Buffer) => {
    if (size >= MOST_ANSWER_BYTES) return;
    parts.push(part);
    size += part.length;
    if (size >= MOST_ANSWER_BYTES) finish();
  });
  response.on('end', finish);
  response.on('error', answer.reject);
  return answer.promise;
}

/** What went wrong on the way, in words that name nothing of the request. */
export function wordsOf(error: unknown): string {
  if (error instanceof PrivateAddress) return `the address is refused: ${error.message}; CHANNEL_ALLOW names exceptions`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return `the name of the host was not found (${code})`;
  if (code === 'ECONNREFUSED') return `nothing listens there (${code})`;
  if (code === 'ECONNRESET' || code === 'EPIPE') return `the connection was cut (${code})`;
  if (/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code)) return `the host cannot be reached (${code})`;
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(code)) return `no encrypted connection came about (${code})`;
  return `the connection failed (${code})`;
}
