/** One connected screen: which view it shows and whether it keeps up [S4]. */
import type { Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import { backlogOf, isCaughtUp } from './backlog.ts';

export type WireSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

/** When a client counts as slow and when as lost. */
export interface SlowLimits {
  /** More waiting than either: patches stop, and a snapshot follows once the queue is empty. */
  readonly packets: number;
  readonly bytes: number;
  /** The same for a queue that made no progress for so long, ms: the newest state serves better than a late queue. */
  readonly behindMs: number;
  /** No progress for so long ends the connection, ms. */
  readonly stalledMs: number;
}
export const slowLimits: SlowLimits = { packets: 200, bytes: 4 * 1_048_576, behindMs: 1_000, stalledMs: 30_000 };

export class Client {
  readonly socket: WireSocket;
  readonly view: ViewName;
  /** In the view's room, so that patches reach it; otherwise it waits for a snapshot. */
  following = false;
  /** Numbering of the snapshot it follows from. */
  epoch = '';
  /** A snapshot is being made for it. */
  raising = false;
  leaving = false;
  /** Monotonic ms before which no snapshot is tried again. */
  retryAt = -Infinity;
  #progressAt: number;
  readonly #now: () => number;

  constructor(socket: WireSocket, view: ViewName, now: () => number) {
    this.socket = socket;
    this.view = view;
    this.#now = now;
    this.#progressAt = now();
    // engine.io says so each time it hands a new lot to a transport that had finished the one before.
    socket.conn.on('drain', () => {
      this.#progressAt = now();
    });
  }

  /** For how long nothing of its queue went out, ms; 0 when nothing waits. */
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
