/**
 * When the last truth is kept and when it is shown [S2]: kept once a minute while the connection lives and at the moment it is
 * lost; shown when a start has had no answer for a few seconds. Figures that were kept are never taken for live ones: the page
 * stays grey until the server has sent each view anew.
 */
import { GREY_AFTER_MS, PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import type { ViewName } from '../../shared/wire/views/all.ts';
import type { Screen, ScreenStore } from '../state/screen-store.ts';
import type { ConnectionStatus } from '../wire/connection.ts';
import { keepTruth, keptTruth, truthOf, type KeptTruth } from './last-truth.ts';

const KEEP_EVERY_MS = 60_000;
/** The first time soon: a kiosk may be switched off within its first minute. */
const FIRST_KEPT_MS = 3_000;
const PATIENCE_MS = 2_500;

/** What a start without a server shows of what was kept; null where that would be no picture. */
export function restored(kept: KeptTruth, views: readonly ViewName[]): Partial<Screen> | null {
  const { keptAt, protocol, ...truth } = kept;
  const there = views.filter((view) => truth.views[view] !== undefined);
  // A page of another build may draw other shapes.
  if (protocol !== PROTOCOL_VERSION || truth.workspace === null || there.length === 0) return null;
  const only = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([name]) => there.some((view) => view === name)));
  return { ...truth, views: only(truth.views), positions: only(truth.positions), kept: { at: keptAt, views: there } };
}

/** The state of the connection where part of the picture is from before this start. */
export function statusWith(kept: Screen['kept'], status: ConnectionStatus, now: number): ConnectionStatus {
  if (kept === null || kept.views.length === 0) return status;
  return { phase: 'grey', silentMs: Math.max(GREY_AFTER_MS, status.silentMs, now - kept.at) };
}

/** What is left of the kept picture once this view has come. */
export function without(kept: Screen['kept'], view: ViewName): Screen['kept'] {
  const views = kept?.views.filter((name) => name !== view) ?? [];
  return kept === null || views.length === 0 ? null : { ...kept, views };
}

/** Ends with the returned function. `views`: those the page follows at the time of the call. */
export function keepLastTruth(store: ScreenStore, views: () => readonly ViewName[], restoredNow: () => void): () => void {
  let ended = false;
  let keptAt = -Infinity;
  const began = performance.now();
  const isLive = ({ phase, kept, workspace }: Screen): boolean => phase === 'live' && kept === null && workspace !== null;

  const keep = (screen: Screen): void => {
    keptAt = performance.now();
    void keepTruth({ ...truthOf(screen), keptAt: Date.now(), protocol: PROTOCOL_VERSION }).then(() => {
      document.documentElement.dataset['truth'] = 'kept';
    });
  };
  const unsubscribe = store.subscribe((screen, before) => {
    const now = performance.now();
    if (isLive(before) && !isLive(screen)) keep(before);
    else if (isLive(screen) && now - began >= FIRST_KEPT_MS && now - keptAt >= KEEP_EVERY_MS) keep(screen);
  });
  const leaving = (): void => {
    const screen = store.getState();
    if (isLive(screen)) keep(screen);
  };
  window.addEventListener('pagehide', leaving);

  const restore = window.setTimeout(() => {
    if (store.getState().workspace !== null) return;
    void keptTruth().then((kept) => {
      if (ended || kept === null || store.getState().workspace !== null) return;
      const picture = restored(kept, views());
      if (picture === null) return;
      store.setState(picture);
      restoredNow();
    });
  }, PATIENCE_MS);

  return () => {
    ended = true;
    unsubscribe();
    window.removeEventListener('pagehide', leaving);
    window.clearTimeout(restore);
  };
}
