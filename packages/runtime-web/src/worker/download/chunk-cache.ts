/**
 * Chunks of files in Cache Storage, by their SHA-256: what two files or two versions have in common is kept once, and
 * a download that was cut short goes on at the next visit.
 */
import { CACHE_NAME } from "../../cache-name.js";

export interface ChunkCache {
  read(key: string): Promise<Uint8Array | undefined>;
  /** Resolves at once; {@link flush} waits. The first failure is told to `onFailure`, and nothing is written after it. */
  write(key: string, bytes: Uint8Array): void;
  flush(): Promise<void>;
}

export const noCache: ChunkCache = {
  read: async () => undefined,
  write: () => undefined,
  flush: async () => undefined,
};

/** @param onFailure is given half a sentence. */
export async function openChunkCache(onFailure: (reason: string) => void): Promise<ChunkCache> {
  if (typeof caches === "undefined") {
    onFailure("this page has no Cache Storage: it is not served over https");
    return noCache;
  }
  let cache: Cache;
  try {
    cache = await caches.open(CACHE_NAME);
  } catch (cause) {
    onFailure(reasonOf(cause));
    return noCache;
  }
  let failed = false;
  let writing: Promise<void> = Promise.resolve();
  return {
    async read(key) {
      const found = await cache.match(addressOf(key)).catch(() => undefined);
      return found && new Uint8Array(await found.arrayBuffer());
    },
    write(key, bytes) {
      writing = writing.then(async () => {
        if (failed) return;
        try {
          await cache.put(addressOf(key), new Response(bytes as Uint8Array<ArrayBuffer>));
        } catch (cause) {
          failed = true;
          onFailure(reasonOf(cause));
        }
      });
    },
    flush: () => writing,
  };
}

/** Keys must be addresses of this origin's scheme; nothing is ever fetched from this one. */
const addressOf = (key: string) => `/fleuron-cache/${encodeURIComponent(key)}`;

const reasonOf = (cause: unknown) =>
  cause instanceof DOMException && cause.name === "QuotaExceededError"
    ? "this page's storage is full"
    : String(cause);
