import type { BundleFile } from "@fleuron/model";
import type { DownloadProgressEvent } from "../events.js";
import type { ChunkCache } from "./download/chunk-cache.js";
import { downloadFile } from "./download/download-file.js";
import { DownloadProgress } from "./download/progress.js";
import type { FilePlace } from "./download/request.js";

export interface LoadFilesOptions {
  readonly signal: AbortSignal;
  readonly stallTimeout: number;
  readonly cache: ChunkCache;
  readonly onProgress: (event: DownloadProgressEvent) => void;
}

/** Several files at once, their bytes in the given order; the first failure ends the other downloads. */
export async function loadFiles(
  files: readonly (FilePlace & { readonly file: BundleFile })[],
  { signal, onProgress, ...options }: LoadFilesOptions,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const failed = new AbortController();
  const progress = new DownloadProgress(
    files.map(({ file }) => file.bytes),
    onProgress,
  );
  try {
    return await Promise.all(
      files.map(({ file, ...place }, index) =>
        downloadFile(file, place, {
          ...options,
          signal: AbortSignal.any([signal, failed.signal]),
          onBytes: (completed) => progress.update(index, completed),
        }),
      ),
    );
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}
