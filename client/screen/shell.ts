/**
 * Has the worker keep the files this page runs on, so that a wall that starts while its server is away shows its last truth.
 * Pages over plain http from another machine have no worker; docs/kiosk.md says what can be done there.
 */
import { pageBuild } from '../wire/page-build.ts';

const WORKER = '/service-worker.js';
/** Fonts and charts come a little after the first picture. */
const SETTLED_MS = 2_000;
const AGAIN_MS = 60_000;
const ATTEMPTS = 5;

function filesOfPage(): readonly string[] {
  const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name, window.location.href));
  return [
    ...new Set(
      files
        .filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith('/assets/'))
        .map(({ pathname }) => pathname),
    ),
  ];
}

function keep(worker: ServiceWorker, build: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => resolve(data?.kept === true), { once: true });
    port1.start();
    worker.postMessage({ keep: filesOfPage(), build }, [port2]);
  });
}

/** Called once for each page that is a wall. The returned function ends the attempts. */
export function keepShell(): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  let timer = 0;
  const attempt = async (left: number): Promise<void> => {
    try {
      const { active } = await navigator.serviceWorker.register(window.location.origin + WORKER).then(() => navigator.serviceWorker.ready);
      if (active !== null && (await keep(active, pageBuild() ?? 'unnamed'))) {
        document.documentElement.dataset['shell'] = 'kept';
        return;
      }
    } catch {
      // The server is away, or the browser lets this page have no worker.
    }
    if (left > 0) timer = window.setTimeout(() => void attempt(left - 1), AGAIN_MS);
  };
  timer = window.setTimeout(() => void attempt(ATTEMPTS), SETTLED_MS);
  return () => window.clearTimeout(timer);
}
