/** Reloads the page once, after a random delay, and remembers the reload, so that one that does not help is not repeated at once. */
import { reloadDelay } from '../wire/version.ts';

const REMEMBERED = 'warroom.reloadedAt';
/** How often a reload that must wait looks whether it may go on, ms. */
const LOOK_MS = 5_000;
let planned = false;

export function lastReload(key = REMEMBERED): number | null {
  try {
    const stored = Number(sessionStorage.getItem(key));
    return Number.isFinite(stored) && stored > 0 ? stored : null;
  } catch {
    // A browser that keeps nothing remembers no reload.
    return null;
  }
}

export function reloadNow(key = REMEMBERED): void {
  try {
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    // See above.
  }
  window.location.reload();
}

/** @param mustWait whether something on the page must not be interrupted: it is asked when the delay is over, and again until it lets go */
export function reloadSoon(mustWait: () => boolean = () => false): void {
  if (planned) return;
  planned = true;
  const last = lastReload();
  const delay = reloadDelay(last === null ? null : Date.now() - last, Math.random());
  const attempt = (): void => {
    if (mustWait()) window.setTimeout(attempt, LOOK_MS);
    else reloadNow();
  };
  window.setTimeout(attempt, delay);
}
