/** One connected screen: the view that it shows, and whether it reads fast enough [S4]. */
import type { Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import { backlogOf, isCaughtUp } from './backlog.ts';

export type WireSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

/** From when on a client counts as slow, and from when on its connection is ended. */
export interface SlowLimits {
  /** When more packets or more bytes wait, the client gets no more patches, and a snapshot once its queue is empty. */
  readonly packets: number;
  readonly bytes: number;
  /** The same happens when the queue made no progress for so many ms, because the newest state is more useful than old patches. */
  readonly behindMs: number;
  /** When the queue made no progress for so many ms, the connection is ended. */
  readonly stalledMs: number;
}
export const slowLimits: SlowLimits = { packets: 200, bytes: 4 * 1_048_576, behindMs: 1_000, stalledMs: 30_000 };

export class Client {
  readonly socket: WireSocket;
  readonly view: ViewName;
  /** True while the client is in the Socket.IO room of its view and receives patches; otherwise it waits for a snapshot. */
  following = false;
  /** Epoch of the snapshot that the patches it receives build on. */
  epoch = '';
  /** True while a snapshot is being read for the client. */
  fetching = false;
  /** True once the client was sent a goodbye. */
  ending = false;
  /** Monotonic ms before which no snapshot is read again. */
  retryAt = -Infinity;
  #progressAt: number;
  readonly #now: () => number;

  constructor(socket: WireSocket, view: ViewName, now: () => number) {
    this.socket = socket;
    this.view = view;
    this.#now = now;
    this.#progressAt = now();
    // engine.io emits `drain` when the transport has finished one group of packets and takes the next.
    socket.conn.on('drain', () => {
      this.#progressAt = now();
    });
  }

  /** How many ms ago the queue last made progress; 0 when nothing waits. */
  stuckMs(): number {
    if (isCaughtUp(this.socket.conn)) this.#progressAt = this.#now();
    return this.#now() - this.#progressAt;
  }

  isBehind(limits: SlowLimits): boolean {
    if (this.stuckMs() > limits.behindMs) return true;
    const { packets, bytes } = backlogOf(this.socket.conn);
    return packets > limits.packets || bytes > limits.bytes;
  }

  isCaughtUp(): boolean {
    return isCaughtUp(this.socket.conn);
  }
}
