import { CACHE_NAME } from "../cache-name.js";

/** Deletes everything that classifiers of this origin have kept. Those that are loaded work on. */
export async function clearCache(): Promise<void> {
  try {
    await caches.delete(CACHE_NAME);
  } catch (cause) {
    // Without https, and in a sandboxed frame, there is no storage, and nothing was kept.
    if (cause instanceof DOMException && cause.name !== "SecurityError") throw cause;
  }
}
