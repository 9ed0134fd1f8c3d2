// Keeps the page for the time without a network. The build writes the version and the list of files here.
const VERSION = "VERSION";
const FILES = ["FILES"];
const PREFIX = `grantwise ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;
const PATIENCE_MS = 2000;

self.addEventListener("install", (event) => {
  // `reload`: what the browser kept for itself may belong to another build.
  const files = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(request));
});

// A file's name changes with its content, so what is kept never grows old. Only the page itself is asked for
// first, so that a new build shows at once where there is a network.
async function answer(request) {
  const cache = await caches.open(CACHE);
  if (request.mode === "navigate") {
    const kept = await cache.match("./");
    const asked = fetch(request).then((response) => (response.ok || !kept ? response : kept), () => kept ?? Response.error());
    // A network that does not answer is none.
    const late = new Promise((done) => setTimeout(done, PATIENCE_MS, kept));
    return kept ? Promise.race([asked, late]) : asked;
  }
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}
