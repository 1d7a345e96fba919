import { type ChunkCache, cacheFor } from "./chunk-cache.js";
import { type FilePlace, openResponse } from "./request.js";
import { withRetries } from "./retry.js";

export interface TextOptions {
  readonly signal: AbortSignal;
  readonly stallTimeout: number;
  readonly cache: ChunkCache;
}

/**
 * A small text, always asked for anew, whatever the browser's HTTP cache believes to be fresh; the one that was kept at
 * the last visit stands in when the network fails.
 * @throws FleuronError "http-status", "html-instead", "network-failed".
 */
export async function downloadText(place: FilePlace, options: TextOptions): Promise<string> {
  const { url } = place;
  const { signal, stallTimeout } = options;
  const cache = cacheFor(place, options.cache);
  const kept = await cache.read(url);
  try {
    return await withRetries(
      async () => {
        const response = await openResponse(place, { signal, stallTimeout, httpCache: "no-cache" });
        const decoder = new TextDecoder();
        let text = "";
        for await (const piece of response.pieces()) text += decoder.decode(piece, { stream: true });
        text += decoder.decode();
        cache.write(url, new TextEncoder().encode(text));
        return text;
      },
      signal,
      kept ? 1 : undefined,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (kept && (error as { code?: unknown }).code === "network-failed")
      return new TextDecoder().decode(kept);
    throw error;
  }
}
