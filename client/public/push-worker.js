/** Shows alerts that reach this browser while no page is open, and opens the page they lead to. */
self.addEventListener('push', (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = { body: told.body ?? '', tag: told.tag, data: { url: told.url ?? '/incidents' } };
  event.waitUntil(self.registration.showNotification(told.title ?? '', shown));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
