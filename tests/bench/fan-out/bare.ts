/** The yardstick, as a process of its own: `ws`, one buffer for each message, and a plain loop over the clients. */
import { WebSocketServer } from 'ws';
import { runSender } from './sender.ts';
import { frameOf, patchAt } from './told.ts';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
await new Promise((resolve) => server.once('listening', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the bare server has no port');

runSender(address.port, (revision) => {
  const message = Buffer.from(frameOf(patchAt(revision)));
  for (const client of server.clients) client.send(message, { binary: false });
});
