/*
 * Shows messages of the war room while no page of it is open. The server chooses the words; a tap opens the story. The
 * settings page registers this file and asks the browser for a subscription.
 */
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
