/** A frame of our own making is the one that the websocket library makes. */
import { WebSocketServer, WebSocket } from 'ws';
import { afterEach, expect, it } from 'vitest';
import { textFrame } from '../../../../server/adapters/sockets/text-frame.ts';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
afterEach(() => new Promise((resolve) => server.close(resolve)));

const texts = [
  '',
  'a',
  'x'.repeat(125),
  'x'.repeat(126),
  '销'.repeat(42),
  'x'.repeat(65_535),
  'x'.repeat(65_536),
  '战况 🔥'.repeat(30_000),
];

it('[S4] a text of any length arrives whole at a client of another make', async () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  server.on('connection', (_client, request) => {
    for (const text of texts) request.socket.write(textFrame(text));
  });
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  const got: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data: Buffer, isBinary) => {
      expect(isBinary).toBe(false);
      if (got.push(data.toString()) === texts.length) resolve();
    });
  });
  client.terminate();
  expect(got).toEqual(texts);
});
