// Keeps the page's own files, so that it opens without a network after the first visit. The model's files are kept
// by runtime-web, chunk by chunk with their hashes; the manifest is kept here, the network's first where there is one.

declare const self: ServiceWorkerGlobalScope;
/** The files of this build, filled in by scripts/build.mjs: paths relative to the page, and a hash over all of them. */
declare const FILES: readonly string[];
declare const VERSION: string;

const PREFIX = "fleuron-page-";
const CACHE = `${PREFIX}${VERSION}`;
const MANIFEST = "bundle/fleuron.json";

const addressOf = (path: string) => new URL(path, self.registration.scope).href;

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const fresh = (path: string) => new Request(addressOf(path), { cache: "no-cache" });
  await cache.addAll(FILES.map(fresh));
  // The first visit fetched it before there was a service worker. A page without a model has none.
  await cache.add(fresh(MANIFEST)).catch(() => undefined);
  await self.skipWaiting();
}

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const [address] = request.url.split(/[?#]/);
  if (address === addressOf(MANIFEST)) event.respondWith(networkFirst(request));
  else if (FILES.some((path) => addressOf(path) === address)) event.respondWith(cacheFirst(request));
});

async function cacheFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

async function networkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}
