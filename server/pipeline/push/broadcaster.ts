/** From commits to patches: every view's stream side by side. What is sent is decided here, to whom by the sockets. */
import type { Patch, Position, Snapshot } from '../../../shared/wire/protocol.ts';
import type { ViewName, Views } from '../../../shared/wire/views/all.ts';
import { viewNames } from '../../../shared/wire/views/all.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Touched } from '../ports/transaction.ts';
import type { Problems } from '../ports/problems.ts';
import type { Timers } from '../ports/timers.ts';
import { viewStream, type ViewStream } from './view-stream.ts';
import type { View } from './view.ts';
import type { AllViews } from './views/all.ts';

export interface BroadcasterParts {
  readonly views: AllViews;
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly problems: Problems;
  /** Names this run's numbering; drawn at random per process start. */
  readonly epoch: string;
}

/** Who sends the patches; joined after both exist, because each needs the other. */
export interface PatchSink {
  publish(patch: Patch): void;
  watched(view: ViewName): boolean;
}

export interface Broadcaster {
  /** After each commit: what it touched and when it was committed, UTC ms. Cheap; call it for every one. */
  onCommit(touched: readonly Touched[], at: number): void;
  snapshot<V extends ViewName>(view: V): Promise<Snapshot<V>>;
  positions(): Readonly<Record<ViewName, Position>>;
  connect(sink: PatchSink): void;
  /** Resolves after `stop`; rejects on a bug in a view. */
  run(): Promise<void>;
  stop(): void;
}

export function createBroadcaster({ views, ...shared }: BroadcasterParts): Broadcaster {
  let sink: PatchSink | null = null;
  const ended = Promise.withResolvers<void>();
  // A bug may show before anybody awaits `run`; it is still `run` that reports it.
  ended.promise.catch(() => undefined);

  const start = <V extends ViewName>(name: V): ViewStream =>
    viewStream<V>(views[name] as View<V>, {
      ...shared,
      watched: () => sink?.watched(name) ?? false,
      emit: (patch) => sink?.publish(patch),
      failed: ended.reject,
    });
  const streams = Object.fromEntries(viewNames.map((name) => [name, start(name)])) as Record<ViewName, ViewStream>;

  return {
    onCommit(touched, at) {
      for (const name of viewNames) streams[name].onCommit(touched, at);
    },
    snapshot: <V extends ViewName>(view: V) => streams[view].snapshot() as Promise<Snapshot & { view: V; state: Views[V] }>,
    positions: () => Object.fromEntries(viewNames.map((name) => [name, streams[name].position()])) as Record<ViewName, Position>,
    connect(to) {
      sink = to;
    },
    run: () => ended.promise,
    stop() {
      for (const name of viewNames) streams[name].stop();
      ended.resolve();
    },
  };
}
