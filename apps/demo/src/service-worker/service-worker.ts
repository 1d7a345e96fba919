// Keeps the page's own files, so that it opens without a network after the first visit. The model's files are kept
// by runtime-web, chunk by chunk with their hashes; the manifest is kept here, the network's first where there is one.
import { isWebPage } from "../is-web-page.js";

declare const self: ServiceWorkerGlobalScope;
/** The files of this build, filled in by scripts/build.mjs: paths relative to the page, and a hash over all of them. */
declare const FILES: readonly string[];
declare const VERSION: string;

/** Sites of one origin share its storage. No path has a space, so that no prefix is the beginning of another. */
const PREFIX = `fleuron-page-${new URL(self.registration.scope).pathname} `;
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
  await fetch(fresh(MANIFEST))
    .then((response) => keepManifest(response))
    .catch(() => undefined);
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
  if (address === addressOf(MANIFEST)) event.respondWith(networkFirst(event));
  else if (FILES.some((path) => addressOf(path) === address)) event.respondWith(cacheFirst(request));
});

async function cacheFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

async function networkFirst(event: FetchEvent): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(event.request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(addressOf(MANIFEST));
    if (kept) return kept;
    throw error;
  }
  // What came is given to the page even where there is no room to keep it.
  event.waitUntil(keepManifest(response.clone()).catch(() => undefined));
  return response;
}

async function keepManifest(response: Response): Promise<void> {
  if (!response.ok || isWebPage(response)) return;
  const cache = await caches.open(CACHE);
  await cache.put(addressOf(MANIFEST), response);
}
