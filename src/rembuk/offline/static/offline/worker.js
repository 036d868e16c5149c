// Keeps the shell of one version on the phone. A new version waits until a person taps "Pasang"; data lies elsewhere.
const SHELVES = "rembuk-lapangan-";
const SHELF = SHELVES + VERSION;
const HOME = SHELL[0];

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shelf = await caches.open(SHELF);
    // Whole or not at all: one missing file and this version is not installed.
    await shelf.addAll(SHELL.map((address) => new Request(address, { cache: "no-cache" })));
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(SHELVES) && name !== SHELF) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const address = request.mode === "navigate" && url.pathname === HOME ? HOME : url.pathname;
  if (!SHELL.includes(address)) return;
  event.respondWith((async () => {
    const shelf = await caches.open(SHELF);
    return (await shelf.match(address)) ?? fetch(request);
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "install-now") self.skipWaiting();
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "rembuk-kirim" || !sendAll) return;
  event.waitUntil((async () => {
    const { error } = await sendAll({ force: true });
    for (const client of await self.clients.matchAll()) client.postMessage("sent");
    // Thrown, so that the browser tries again by itself.
    if (error === "offline" || error === "later") throw new Error(error);
  })());
});
