/** Reloads the page once, after a random delay, and remembers the reload, so that one that does not help is not repeated at once. */
import { reloadDelay } from '../wire/version.ts';

const REMEMBERED = 'warroom.reloadedAt';
let planned = false;

function lastReload(): number | null {
  const stored = Number(sessionStorage.getItem(REMEMBERED));
  return Number.isFinite(stored) && stored > 0 ? stored : null;
}

export function reloadSoon(): void {
  if (planned) return;
  planned = true;
  const last = lastReload();
  const delay = reloadDelay(last === null ? null : Date.now() - last, Math.random());
  window.setTimeout(() => {
    sessionStorage.setItem(REMEMBERED, String(Date.now()));
    window.location.reload();
  }, delay);
}
