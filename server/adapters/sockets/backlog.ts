/**
 * Measures what still waits to be written to one client. engine.io keeps an unbounded queue and publishes neither its length
 * nor its size, so two of its private members are read here and nowhere else.
 */
import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

interface Insides {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: {
    /** The `ws` connection, if the transport is a websocket. */
    readonly socket?: { readonly bufferedAmount?: number; terminate?(): void };
  };
}
const inside = (connection: Connection): Insides => connection as unknown as Insides;

/** True if the operating system has taken everything that was sent. The screen may still not have received it. */
export function isCaughtUp(connection: Connection): boolean {
  return connection.transport.writable && inside(connection).writeBuffer.length === 0;
}

/** The number of packets not yet given to the transport, and the bytes of these packets and of what the transport still holds. */
export function backlogOf(connection: Connection): { readonly packets: number; readonly bytes: number } {
  const { writeBuffer, transport } = inside(connection);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) if (typeof data === 'string') bytes += Buffer.byteLength(data);
  return { packets: writeBuffer.length, bytes };
}

/** Ends a connection without waiting for its queue, because a client that stopped reading would never empty it. */
export function terminate(connection: Connection): void {
  const { socket } = inside(connection).transport;
  connection.close(true);
  socket?.terminate?.();
}
