/**
 * Connects a store to the server and to a timer that ticks each second. It is called once per mounted screen.
 */
import type { ViewName } from '../../shared/wire/views/all.ts';
import { phaseChangesIn } from '../wire/connection.ts';
import { goLive } from '../wire/live.ts';
import { readLocalTime } from '../wire/local-time.ts';
import { reloadSoon } from './reload.ts';
import { openSocket } from '../wire/socket.ts';
import { preferLanguage } from '../i18n/setup.ts';
import { onEachFrame } from './each-frame.ts';
import { onWake } from './wake.ts';
import { isFire, stripOf } from '../state/fire.ts';
import { pageBuild } from '../wire/page-build.ts';
import { screenIdentity } from '../wire/screen-identity.ts';
import { keepLastTruth, statusWith, without } from './last-truth-keeper.ts';
import { withHeartbeat } from '../state/screen-store.ts';
import type { ScreenStore } from '../state/screen-store.ts';

export interface RunningScreen {
  /** Follows these views too from now on. */
  follow(views: readonly ViewName[]): void;
  stop(): void;
}

/** @param isWall a wall says which screen it is, keeps its last truth, and waits with a new build while a story is red */
export function runScreen(views: readonly ViewName[], store: ScreenStore, isWall: boolean): RunningScreen {
  let followed = views;
  const statusNow = () => statusWith(store.getState().kept, live.status(), Date.now());
  const tick = (): void => {
    const { phase, silentMs } = statusNow();
    const now = live.serverNow() ?? Date.now();
    store.setState({ phase, silentMs, now: Math.floor(now / 1000) * 1000 });
  };

  const build = pageBuild();
  const live = goLive({
    views,
    open: (wanted, events) => openSocket(wanted, events, isWall ? screenIdentity().id : null),
    ...(build === null ? {} : { build }),
    time: readLocalTime,
    after: (ms, run) => {
      const timer = window.setTimeout(run, ms);
      return () => window.clearTimeout(timer);
    },
    onWelcome: (workspace) => {
      preferLanguage(workspace.locale);
      store.setState({ workspace });
    },
    onSnapshot: (view, { state, position }) =>
      store.setState((screen) => ({
        views: { ...screen.views, [view]: state },
        positions: { ...screen.positions, [view]: position },
        kept: without(screen.kept, view),
      })),
    onHeartbeat: (heartbeat) => {
      store.setState((screen) => withHeartbeat(screen, heartbeat));
      tick();
    },
    onOutdated: (why) => {
      if (why === 'other_protocol') store.setState({ otherProtocol: true });
      // Of another protocol nothing can be shown, so that there is nothing to interrupt.
      reloadSoon(() => isWall && why === 'new_build' && isFire(stripOf(store.getState()), store.getState().now));
    },
    onScreen: (self) => store.setState({ self }),
  });

  // Each tick is scheduled for the start of the next second of server time, so that all walls count at the same moment; one
  // comes earlier when the silence of the server reaches a limit, because a mark may come early and never late.
  let timer = 0;
  const again = (): void => {
    const now = live.serverNow() ?? Date.now();
    timer = window.setTimeout(
      () => {
        tick();
        again();
      },
      Math.min(1000 - (now % 1000) + 5, phaseChangesIn(live.status())),
    );
  };
  again();

  // A page whose script stood still, or whose machine slept without an event that tells of it, is marked in the first frame
  // that it paints. React commits what a store changed before the frame is painted. Only a wall looks at every frame: this
  // keeps the browser making frames, which costs a desk's or a phone's battery more than a late second is worth.
  const unframe = isWall
    ? onEachFrame(() => {
        if (statusNow().phase !== store.getState().phase) tick();
      })
    : () => undefined;

  // The clocks are compared before the browser paints the page that is shown again, so a screen that slept never looks live.
  const unwake = onWake(() => {
    tick();
    live.wake();
  });

  const stopKeeping = isWall ? keepLastTruth(store, () => followed, tick) : () => undefined;

  return {
    follow: (next) => {
      followed = next;
      live.follow(next);
    },
    stop: () => {
      window.clearTimeout(timer);
      unframe();
      unwake();
      stopKeeping();
      live.stop();
    },
  };
}
