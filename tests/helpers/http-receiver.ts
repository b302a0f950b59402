/** A real HTTP server on this machine that receives messages and misbehaves as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
/** What becomes of a request. */
export type Behaviour = (response: ServerResponse, request: Received) => void;

export interface HttpReceiver {
  readonly url: string;
  /** As CHANNEL_ALLOW names it. */
  readonly allow: string;
  readonly port: number;
  readonly received: readonly Received[];
  behave(behaviour: Behaviour): void;
  /** Cuts every connection as soon as it is accepted. */
  resetConnections(): void;
  /** Bytes the server could hand over. */
  written(): number;
  close(): Promise<void>;
}

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** Says nothing until the test ends. */
export const silence: Behaviour = () => undefined;

/** 50 MB, as fast as they are taken. */
export const flood =
  (first = ''): Behaviour =>
  (response) => {
    const part = Buffer.alloc(65_536, ' ');
    let left = 800;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(first);
    const more = () => {
      while (left > 0 && !response.destroyed) {
        left--;
        if (!response.write(part)) return response.once('drain', more);
      }
      return response.end();
    };
    more();
  };

export async function httpReceiver(): Promise<HttpReceiver> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = answer(200, {});
  let reset = false;
  let bytes = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
      received.push(one);
      behaviour(response, one);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      bytes += socket.bytesWritten;
      sockets.delete(socket);
    });
    if (reset) socket.resetAndDestroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  const { port } = address;
  return {
    ...{ url: `http://127.0.0.1:${port}/hook`, allow: `127.0.0.1:${port}`, port, received },
    behave(next) {
      behaviour = next;
    },
    resetConnections() {
      reset = true;
    },
    written: () => bytes + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
