/** One connected screen: which views it shows and whether it keeps up [S4]. */
import type { Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import { backlogOf, isCaughtUp, writeFrame } from './backlog.ts';

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
  readonly views: readonly ViewName[];
  /**
   * Views whose rooms it is in, so that patches reach it, each with the numbering of the snapshot it follows from; of the
   * others it waits for a snapshot.
   */
  readonly following = new Map<ViewName, string>();
  /** Numbering of the workspace it was welcomed to; null: it must be welcomed again. */
  welcomedTo: string | null = null;
  /** Snapshots are being made for it. */
  raising = false;
  leaving = false;
  /** Monotonic ms before which no snapshot is tried again. */
  retryAt = -Infinity;
  #progressAt: number;
  readonly #now: () => number;

  constructor(socket: WireSocket, views: readonly ViewName[], now: () => number) {
    this.socket = socket;
    this.views = views;
    this.#now = now;
    this.#progressAt = now();
    // engine.io says so each time it hands a new lot to a transport that had finished the one before.
    socket.conn.on('drain', () => {
      this.#progressAt = now();
    });
  }

  /** The views it still waits for. */
  missing(): readonly ViewName[] {
    return this.views.filter((view) => !this.following.has(view));
  }

  /** For how long nothing of its queue went out, ms; 0 when nothing waits. */
  stuckMs(): number {
    if (isCaughtUp(this.socket.conn)) this.#progressAt = this.#now();
    return this.#now() - this.#progressAt;
  }

  /** Writes a whole WebSocket frame at once; false, and nothing written, where it must wait its turn. */
  write(frame: Buffer): boolean {
    if (!writeFrame(this.socket.conn, frame)) return false;
    this.#progressAt = this.#now();
    return true;
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
