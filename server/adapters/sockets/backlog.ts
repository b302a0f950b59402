/**
 * What still waits to be written to one client. engine.io keeps an unbounded queue and publishes neither its length nor its
 * size; the two private members read here are all this product takes from its insides.
 */
import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

interface Insides {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: {
    /** Of the websocket transport: the `ws` connection. */
    readonly socket?: { readonly bufferedAmount?: number; terminate?(): void };
  };
}
const inside = (connection: Connection): Insides => connection as unknown as Insides;

/** Everything handed over has been taken by the system. Says nothing of what the screen has painted. */
export function isCaughtUp(connection: Connection): boolean {
  return connection.transport.writable && inside(connection).writeBuffer.length === 0;
}

/** Packets not yet handed to the transport, and bytes of those and of what the transport still holds. */
export function backlogOf(connection: Connection): { readonly packets: number; readonly bytes: number } {
  const { writeBuffer, transport } = inside(connection);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) if (typeof data === 'string') bytes += Buffer.byteLength(data);
  return { packets: writeBuffer.length, bytes };
}

/** Ends a connection without waiting for its queue, which a stalled reader would never empty. */
export function cut(connection: Connection): void {
  const { socket } = inside(connection).transport;
  connection.close(true);
  socket?.terminate?.();
}
