/**
 * Connects a store to the server and to a timer that ticks each second. It is called once per mounted screen.
 */
import type { ViewName } from '../../shared/wire/views/all.ts';
import { goLive } from '../wire/live.ts';
import { readLocalTime } from '../wire/local-time.ts';
import { reloadSoon } from './reload.ts';
import { openSocket } from '../wire/socket.ts';
import { preferLanguage } from '../i18n/setup.ts';
import { onWake } from './wake.ts';
import { withHeartbeat } from '../state/screen-store.ts';
import type { ScreenStore } from '../state/screen-store.ts';

export interface RunningScreen {
  /** Follows these views too from now on. */
  follow(views: readonly ViewName[]): void;
  stop(): void;
}

export function runScreen(views: readonly ViewName[], store: ScreenStore): RunningScreen {
  const tick = (): void => {
    const { phase, silentMs } = live.status();
    const now = live.serverNow() ?? Date.now();
    store.setState({ phase, silentMs, now: Math.floor(now / 1000) * 1000 });
  };

  const live = goLive({
    views,
    open: openSocket,
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
      })),
    onHeartbeat: (heartbeat) => {
      store.setState((screen) => withHeartbeat(screen, heartbeat));
      tick();
    },
    onOutdated: (why) => {
      if (why === 'other_protocol') store.setState({ otherProtocol: true });
      reloadSoon();
    },
  });

  // Each tick is scheduled for the start of the next second of server time, so that all walls count at the same moment.
  let timer = 0;
  const again = (): void => {
    const now = live.serverNow() ?? Date.now();
    timer = window.setTimeout(
      () => {
        tick();
        again();
      },
      1000 - (now % 1000) + 5,
    );
  };
  again();

  // The clocks are compared before the browser paints the page that is shown again, so a screen that slept never looks live.
  const unwake = onWake(() => {
    tick();
    live.wake();
  });

  return {
    follow: live.follow,
    stop: () => {
      window.clearTimeout(timer);
      unwake();
      live.stop();
    },
  };
}
