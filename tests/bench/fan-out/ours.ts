/** The product's own sockets as a process of its own: rooms, slow clients looked after, a heartbeat every five seconds. */
import { createServer } from 'node:http';
import { createSockets } from '../../../server/adapters/sockets/sockets.ts';
import { HEARTBEAT_MS, PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';
import type { Heartbeat } from '../../../shared/wire/protocol.ts';
import { everyView } from '../../helpers/every-view.ts';
import { usualDay, usualWorkspace } from '../../helpers/overview-fixture.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { runSender } from './sender.ts';
import { EPOCH, patchAt } from './told.ts';

const http = createServer((_request, response) => response.end());
await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
const address = http.address();
if (address === null || typeof address === 'string') throw new Error('the server has no port');

let revision = 1;
const positions = () => everyView(() => ({ epoch: EPOCH, revision }));
const heartbeat = (): Heartbeat => ({
  ...{ protocol: PROTOCOL_VERSION, build: 'bench', serverNow: Date.now(), positions: positions() },
  ...{ streams: [], sources: [], problems: [], quarantinedMentions: 0, rosterGap: null },
});
const sockets = createSockets({
  http,
  publicUrl: null,
  streams: () => ({
    snapshot: async (view) => ({ view, epoch: EPOCH, revision, state: usualDay, sentAt: Date.now() }),
    positions,
    welcome: async () => usualWorkspace,
    screen: async () => null,
  }),
  heartbeat,
  metrics: { clients: () => undefined, pushed: () => undefined, dropped: () => undefined },
  logger: silentLogger,
  monotonic: () => performance.now(),
  random: Math.random,
});
setInterval(() => sockets.beat(heartbeat()), HEARTBEAT_MS);

runSender(address.port, (next) => {
  revision = next;
  sockets.publish(patchAt(next));
});
