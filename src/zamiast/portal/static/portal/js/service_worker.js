// The app's service worker. Before this text the server writes VERSION, ASSETS (addresses to
// keep), OFFLINE (language: page) and NEWS (language: kind: text, address).
//
// No page about a person is ever kept here: pages come from the network, and without one
// comes the page that shows what the holder chose to keep.

const KEPT = `zamiast-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll([...ASSETS, ...Object.values(OFFLINE)]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name !== KEPT && name !== "zamiast-settings") await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

async function language() {
  const said = await (await caches.open("zamiast-settings")).match("/language");
  const chosen = said ? await said.text() : self.navigator.language.slice(0, 2);
  return OFFLINE[chosen] ? chosen : "pl";
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(KEPT);
    return (await cache.match(OFFLINE[await language()])) || Response.error();
  }
}

async function asset(request) {
  const cache = await caches.open(KEPT);
  return (await cache.match(request)) || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (ASSETS.includes(new URL(request.url).pathname)) event.respondWith(asset(request));
});

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const news = NEWS[told.language] || NEWS.pl;
  const { text, address } = news[told.kind] || news.answer;
  event.waitUntil(self.registration.showNotification("Zamiast", {
    body: text, tag: told.kind, lang: told.language, data: { address },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { address } = event.notification.data;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window" });
    if (!open.length) return self.clients.openWindow(address);
    await open[0].focus();
    return open[0].navigate(address);
  })());
});
