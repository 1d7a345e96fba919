/**
 * Chunks of files in Cache Storage, by their SHA-256: what two files or two versions have in common is kept once, and
 * a download that was cut short goes on at the next visit. Beside them lie texts, by other keys: manifests, and what a
 * release has. What none of these names is dropped.
 */
import { CACHE_NAME } from "../../cache-name.js";
import type { FilePlace } from "./request.js";

const HASH_LENGTH = 64;
const HASHES = /[0-9a-f]{64}/g;
/** Milliseconds; a browser whose storage hangs may never answer. */
const PATIENCE = 30_000;

export interface ChunkCache {
  read(key: string): Promise<Uint8Array | undefined>;
  /** Resolves at once; {@link flush} waits. The first failure is reported to `onFailure`, and nothing is written after it. */
  write(key: string, bytes: Uint8Array): void;
  /** Resolves when all is written, and the chunks are dropped that no text names. */
  flush(): Promise<void>;
}

export const noCache: ChunkCache = {
  read: async () => undefined,
  write: () => undefined,
  flush: async () => undefined,
};

/** What is given needs no keeping. */
export const cacheFor = ({ blob }: FilePlace, cache: ChunkCache): ChunkCache => (blob ? noCache : cache);

/** @param onFailure is given half a sentence. */
export async function openChunkCache(onFailure: (reason: string) => void): Promise<ChunkCache> {
  let cache: Cache;
  try {
    cache = await answered(caches.open(CACHE_NAME));
  } catch (cause) {
    onFailure(isSecureContext ? reasonOf(cause) : "this page is not served over https");
    return noCache;
  }
  let failed = false;
  let silent = false;
  let writing: Promise<void> = Promise.resolve();

  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    if (silent) return undefined;
    try {
      return await answered(work());
    } catch (cause) {
      silent = (cause as Partial<DOMException>).name === "TimeoutError";
      if (!failed) onFailure(reasonOf(cause));
      failed = true;
      return undefined;
    }
  };

  const find = async (key: string) => {
    const found = await cache.match(addressOf(key));
    return found && new Uint8Array(await found.arrayBuffer());
  };

  const sweep = async () => {
    const addresses = (await cache.keys()).map(({ url }) => url);
    const chunks = addresses.filter((url) => url.slice(-HASH_LENGTH).match(HASHES));
    const named = new Set<string>();
    for (const url of addresses) {
      if (chunks.includes(url)) continue;
      const text = await (await cache.match(url))!.text();
      for (const hash of text.match(HASHES) ?? []) named.add(hash);
    }
    for (const url of chunks) if (!named.has(url.slice(-HASH_LENGTH))) await cache.delete(url);
  };

  return {
    read: (key) => attempt(() => find(key).catch(() => undefined)),
    write(key, bytes) {
      writing = writing.then(async () => {
        if (!failed) {
          await attempt(() => cache.put(addressOf(key), new Response(bytes as Uint8Array<ArrayBuffer>)));
        }
      });
    },
    async flush() {
      await writing;
      await attempt(() => sweep().catch(() => undefined));
    },
  };
}

function answered<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    const late = new DOMException("this page's storage does not answer", "TimeoutError");
    timer = setTimeout(() => reject(late), PATIENCE);
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
}

/** Keys must be addresses of this origin's scheme; nothing is ever fetched from this one. */
const addressOf = (key: string) => `/fleuron-cache/${encodeURIComponent(key)}`;

const reasonOf = (cause: unknown) =>
  cause instanceof DOMException && cause.name === "QuotaExceededError"
    ? "this page's storage is full"
    : String(cause).replace(/\.$/, "");
