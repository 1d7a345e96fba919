import { CACHE_NAME } from "../cache-name.js";

/** Deletes everything that classifiers of this origin have kept. Those that are loaded work on. */
export async function clearCache(): Promise<void> {
  if (typeof caches !== "undefined") await caches.delete(CACHE_NAME);
}
