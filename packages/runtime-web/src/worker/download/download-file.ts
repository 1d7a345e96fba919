import { type BundleFile, CHUNK_BYTES, isLfsPointer } from "@fleuron/model";
import { runtimeError } from "../../errors.js";
import { type ChunkCache, cacheFor } from "./chunk-cache.js";
import { type FilePlace, openResponse } from "./request.js";
import { TransientFailure, withRetries } from "./retry.js";
import { sha256 } from "./sha256.js";

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly stallTimeout: number;
  readonly cache: ChunkCache;
  /** Bytes of this file that are there; falls when an attempt failed in the middle of a chunk. */
  readonly onBytes: (completed: number) => void;
}

/**
 * A file's bytes, from the cache or the network, each 4 MiB checked against its SHA-256 as it arrives. A connection
 * that breaks or stalls is taken up again after the last chunk that was whole; what is wrong or missing is fetched once
 * more, past the browser's cache.
 * @throws FleuronError "http-status", "html-instead", "network-failed", "integrity-mismatch", "out-of-memory".
 */
export async function downloadFile(
  file: BundleFile,
  place: FilePlace,
  options: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { url } = place;
  const { signal, stallTimeout, onBytes } = options;
  const cache = cacheFor(place, options.cache);
  const data = allocate(file, url);
  const chunkAt = (index: number) => data.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
  const whole = file.chunks.map(() => false);
  const wholeBytes = () =>
    whole.reduce((bytes, isWhole, index) => bytes + (isWhole ? chunkAt(index).length : 0), 0);
  const isValid = async (index: number) => {
    const hash = await sha256(chunkAt(index));
    return hash === undefined || hash === file.chunks[index];
  };

  for (const [index, hash] of file.chunks.entries()) {
    const kept = await cache.read(hash);
    if (kept?.length !== chunkAt(index).length) continue;
    chunkAt(index).set(kept);
    whole[index] = await isValid(index);
  }
  onBytes(wholeBytes());

  let mismatches = 0;
  await withRetries(async (progressed) => {
    const first = whole.indexOf(false);
    if (first < 0) return;
    const response = await openResponse(place, {
      signal,
      stallTimeout,
      from: first * CHUNK_BYTES,
      httpCache: mismatches ? "reload" : undefined,
    });
    let position = response.from;
    for await (const piece of response.pieces()) {
      let unfinished = 0;
      for (const { index, start, bytes } of partsOf(piece.subarray(0, file.bytes - position), position)) {
        if (whole[index]) continue;
        const chunk = chunkAt(index);
        chunk.set(bytes, start);
        unfinished = start + bytes.length;
        if (unfinished < chunk.length) continue;
        if (!(await isValid(index))) {
          const place = `its bytes from ${index * CHUNK_BYTES} on`;
          throw mismatch(url, `${place} are not those that were published (SHA-256 differs)`, ++mismatches);
        }
        whole[index] = true;
        unfinished = 0;
        cache.write(file.chunks[index]!, chunk);
        mismatches = 0;
        progressed();
      }
      position += piece.length;
      onBytes(wholeBytes() + unfinished);
      if (!whole.includes(false)) return;
    }
    const end = `it ends after ${position} of ${file.bytes} bytes`;
    const problem = isLfsPointer(data) ? `${end}: it is a Git LFS pointer, not the file` : end;
    throw mismatch(url, problem, ++mismatches);
  }, signal);
  return data;
}

/** The parts of a piece of a file that lie in one chunk each. */
function* partsOf(piece: Uint8Array, position: number) {
  for (let done = 0; done < piece.length; ) {
    const index = Math.floor((position + done) / CHUNK_BYTES);
    const start = position + done - index * CHUNK_BYTES;
    const bytes = piece.subarray(done, done + CHUNK_BYTES - start);
    yield { index, /** Within the chunk. */ start, bytes };
    done += bytes.length;
  }
}
function allocate({ bytes }: BundleFile, url: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw runtimeError("out-of-memory", `There is no memory for ${url} (${bytes} bytes).`, {
      subject: url,
      hint: "Close other tabs, or load a smaller storage precision.",
      cause,
    });
  }
}

/** @param count how often in a row. */
function mismatch(url: string, what: string, count: number): Error {
  const error = runtimeError("integrity-mismatch", `${url}: ${what}.`, {
    subject: url,
    hint: "Upload all files again, from one export or one version of the package.",
  });
  return count > 1 ? error : new TransientFailure(error);
}
