/** How many bytes a screen is sent by patches, and how many it would be sent if each change came as a snapshot of its view. */
import { io } from 'socket.io-client';
import { takePatch } from '../../client/wire/stream.ts';
import type { Patch, Snapshot } from '../../shared/wire/protocol.ts';
import { viewNames, type ViewName } from '../../shared/wire/views/all.ts';

export interface ViewBytes {
  patches: number;
  patchBytes: number;
  snapshotBytes: number;
  /** Bytes of each group in patches. */
  readonly groups: Map<string, number>;
}

export interface CountedScreen {
  readonly views: ReadonlyMap<ViewName, ViewBytes>;
  /** All views together. */
  total(): { readonly patches: number; readonly patchBytes: number; readonly snapshotBytes: number };
  /** What the screen holds of each view, patch by patch, and at which revision. */
  held(view: ViewName): Pick<Snapshot, 'epoch' | 'revision' | 'state'> | undefined;
  /** Patches that did not follow from what was held. */
  readonly gaps: () => number;
  close(): void;
}

/** Follows every view of a server as a wall that rotates does, from its snapshots on. */
export function countScreen(url: string): CountedScreen {
  const socket = io(url, { transports: ['websocket'], query: { views: viewNames.join() }, forceNew: true });
  const held = new Map<ViewName, Snapshot>();
  const views = new Map<ViewName, ViewBytes>();
  let gaps = 0;
  socket.on('snapshot', (message: Snapshot) => held.set(message.view, message));
  socket.on('patch', (message: Patch) => {
    const before = held.get(message.view);
    if (before === undefined) return;
    const { view, epoch, revision, sentAt } = message;
    const taken = takePatch(view, { position: before, state: before.state }, message);
    if (taken.outcome !== 'applied') {
      gaps += 1;
      return;
    }
    const after: Snapshot = { view, epoch, revision, state: taken.snapshot.state, sentAt };
    held.set(view, after);
    const counted = views.get(view) ?? { patches: 0, patchBytes: 0, snapshotBytes: 0, groups: new Map<string, number>() };
    counted.patches += 1;
    counted.patchBytes += sizeOf(message);
    counted.snapshotBytes += sizeOf(after);
    for (const [group, value] of Object.entries({ ...message.groups, ...message.lists }))
      counted.groups.set(group, (counted.groups.get(group) ?? 0) + sizeOf(value));
    views.set(view, counted);
  });
  return {
    views,
    total() {
      const all = [...views.values()];
      const sum = (of: (bytes: ViewBytes) => number) => all.reduce((so, bytes) => so + of(bytes), 0);
      return { patches: sum((b) => b.patches), patchBytes: sum((b) => b.patchBytes), snapshotBytes: sum((b) => b.snapshotBytes) };
    },
    held: (view) => held.get(view),
    gaps: () => gaps,
    close: () => void socket.disconnect(),
  };
}

const sizeOf = (message: unknown): number => Buffer.byteLength(JSON.stringify(message));
