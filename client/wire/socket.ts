/** The only importer of socket.io-client. The page sends nothing; the handshake names the views that it shows. */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../shared/wire/protocol.ts';
import type { ViewName } from '../../shared/wire/views/all.ts';
import type { Line, LineEvents } from './live.ts';

/** @param screen the id of the screen that this page runs on; null for a page that is no wall */
const query = (views: readonly ViewName[], screen: string | null) => ({
  ...{ views: views.join(), protocol: String(PROTOCOL_VERSION) },
  ...(screen === null ? {} : { screen }),
});

export function openSocket(views: readonly ViewName[], events: LineEvents, screen: string | null): Line {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    query: query(views, screen),
    transports: ['websocket', 'polling'],
    // A proxy that refuses WebSockets leaves long polling; without this the page would try WebSockets for ever.
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
    forceNew: true,
  });
  socket.on('connect', events.connected);
  socket.on('welcome', events.welcome);
  socket.on('snapshot', events.snapshot);
  socket.on('patch', events.patch);
  socket.on('heartbeat', events.heartbeat);
  socket.on('goodbye', events.goodbye);
  socket.on('screen', events.screen);
  return {
    restart: (next) => {
      socket.disconnect();
      socket.io.opts.query = query(next, screen);
      socket.connect();
    },
    close: () => {
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}
