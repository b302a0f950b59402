/**
 * What still waits to be written to one client, and the way past the queue where nothing waits. engine.io keeps an unbounded
 * queue and publishes neither its length nor its size; the private members read here are all this product takes from its
 * insides.
 */
import type { Writable } from 'node:stream';
import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

interface Waiting {
  readonly data?: unknown;
  /** Of a broadcast over websockets: the frame as it is written, one for all its clients. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly { readonly length: number }[] };
}
interface Insides {
  readonly writeBuffer: readonly Waiting[];
  readonly transport: {
    /** Of the websocket transport: the `ws` connection, and the TCP or TLS connection below it. */
    readonly socket?: { readonly bufferedAmount?: number; readonly readyState?: number; readonly _socket?: Writable; terminate?(): void };
  };
}
const inside = (connection: Connection): Insides => connection as unknown as Insides;

/** Everything handed over has been taken by the system. Says nothing of what the screen has painted. */
export function isCaughtUp(connection: Connection): boolean {
  const { writeBuffer, transport } = inside(connection);
  return connection.transport.writable && writeBuffer.length === 0 && (transport.socket?.bufferedAmount ?? 0) === 0;
}

/** `WebSocket.OPEN`. */
const OPEN = 1;

/**
 * Writes a whole WebSocket frame to a connection that is caught up, past the queues of engine.io and `ws`, which cost as much
 * as the system's own work. False, and nothing written, where something waits, where the transport is another one or about
 * to change: the frame must then go through the queue, or it would overtake what stands in it.
 */
export function writeFrame(connection: Connection, frame: Buffer): boolean {
  const { socket } = inside(connection).transport;
  if (socket?._socket === undefined || socket.readyState !== OPEN || connection.readyState !== 'open' || connection.upgrading) return false;
  if (!isCaughtUp(connection)) return false;
  socket._socket.write(frame);
  return true;
}

/** Packets not yet handed to the transport, and bytes of those and of what the transport still holds. */
export function backlogOf(connection: Connection): { readonly packets: number; readonly bytes: number } {
  const { writeBuffer, transport } = inside(connection);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const waiting of writeBuffer) bytes += sizeOf(waiting);
  return { packets: writeBuffer.length, bytes };
}

/**
 * A text is measured only where no frame tells its size. Each patch asks this of each client that something waits for: with
 * the texts measured, that cost more than sending as soon as the machine was busy.
 */
function sizeOf({ data, options }: Waiting): number {
  const frame = options?.wsPreEncodedFrame;
  if (frame !== undefined) return frame.reduce((sum, { length }) => sum + length, 0);
  return typeof data === 'string' ? Buffer.byteLength(data) : 0;
}

/** Ends a connection without waiting for its queue, which a stalled reader would never empty. */
export function cut(connection: Connection): void {
  const { socket } = inside(connection).transport;
  connection.close(true);
  socket?.terminate?.();
}
