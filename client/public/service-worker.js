/*
 * The one worker of this origin. It shows messages of the war room while no page of it is open, and it keeps the shell of the
 * wall, so that a wall whose server is away shows its last truth instead of the browser's error page. Answers of the API are
 * never kept: what the wall showed last is kept by the page itself, with its age.
 */
const SHELL = 'warroom-shell ';
/** The present build, and the one before it for pages that still run it. */
const SHELLS = 2;
/** A server that does not answer for so long is taken for one that is away, ms. */
const PATIENCE_MS = 5_000;
const AWAY = [502, 503, 504];
const isWall = ({ pathname }) => pathname === '/' || pathname.startsWith('/wall/');

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** A page tells which files it runs on; they and the document become the shell of its build. */
self.addEventListener('message', (event) => {
  const { keep, build } = event.data || {};
  if (!Array.isArray(keep) || typeof build !== 'string') return;
  event.waitUntil(keepShell(build, keep).then((kept) => event.ports[0]?.postMessage({ kept })));
});

async function keepShell(build, files) {
  try {
    const page = await fetch('/', { headers: { accept: 'text/html' } });
    // A server that was replaced meanwhile serves another document, which would ask for other files.
    if (!page.ok || (page.headers.get('x-build') ?? build) !== build) return false;
    const cache = await caches.open(SHELL + build);
    const missing = [];
    for (const file of files) {
      const url = new URL(file, self.location.origin);
      if (url.origin === self.location.origin && url.pathname.startsWith('/assets/') && !(await cache.match(url.pathname)))
        missing.push(url.pathname);
    }
    await cache.addAll([...missing, '/icon.svg']);
    await cache.put('/', page);
    const shells = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== SHELL + build);
    await Promise.all(shells.slice(0, Math.max(0, shells.length - (SHELLS - 1))).map((name) => caches.delete(name)));
    return true;
  } catch {
    // The server went away meanwhile or the disk is full; the page tries again later.
    return false;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && isWall(url)) event.respondWith(wallPage(request));
  // Their names carry a hash, so what is kept is what the server would send.
  else if (url.pathname.startsWith('/assets/')) event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(request)));
});

/** The server's document while there is a server; else the newest that is kept. */
async function wallPage(request) {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const asked = fetch(request).catch(() => null);
  const answer = await Promise.race([asked, patience]);
  if (answer !== null && !AWAY.includes(answer.status)) return answer;
  return (await newestShell()) ?? answer ?? (await asked) ?? Response.error();
}

async function newestShell() {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL)).reverse();
  for (const name of names) {
    const page = await (await caches.open(name)).match('/');
    if (page) return page;
  }
  return undefined;
}

self.addEventListener('push', (event) => {
  let message = {};
  try {
    message = event.data.json();
  } catch {
    // A message without words still has to be shown, or the browser shows one of its own.
  }
  const { title, body, url, tag } = message;
  const options = { body: body || '', tag, renotify: Boolean(tag), requireInteraction: true, icon: '/icon.svg', data: { url } };
  event.waitUntil(self.registration.showNotification(title || '营销作战室', options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data?.url || '/incidents', self.location.origin);
  // A page of this server, whatever host the message names: it came through a push service.
  const path = target.pathname + target.search;
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const open = pages.find((page) => new URL(page.url).pathname === path);
      return open ? open.focus() : self.clients.openWindow(path);
    }),
  );
});
