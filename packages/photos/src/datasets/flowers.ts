/** The photos that TensorFlow's tutorials use: 3,670 photos of five kinds of flowers, each with its author. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { DownloadPatience, RemoteFile } from "@fleuron/download";
import { diskFull, lockFolder, newFolder } from "@fleuron/files";
import type { WorkEvent } from "@fleuron/model";
import { cacheFolder } from "../cache/cache-place.js";
import { isComplete, measureFolder, writeMarker } from "./marker.js";

export const flowerPhotos: RemoteFile = {
  urls: [
    "https://storage.googleapis.com/download.tensorflow.org/example_images/flower_photos.tgz",
    "http://download.tensorflow.org/example_images/flower_photos.tgz",
  ],
  bytes: 228_813_984,
  sha256: "4c54ace7911aaffe13a365c34f650e71dd5bf1be0a58b464e5a7183e3e595d9c",
};

const TOP = "flower_photos";
const MAX_ENTRIES = 10_000;
/** Photos hardly shrink in an archive; more than this is a bomb. */
const MAX_GROWTH = 3;
const MAX_GROWTH_OF_SMALL = 10e6;

export interface FetchFlowersOptions {
  /** The house's cache folder. Default: the environment variable FLEURON_CACHE, else the user's cache folder. */
  readonly cacheFolder?: string | undefined;
  /** What to fetch. Default: {@link flowerPhotos}. */
  readonly remote?: RemoteFile;
  readonly patience?: DownloadPatience;
  readonly signal?: AbortSignal | undefined;
}

/** Where the photos lie once they have been fetched. */
export const flowersFolder = (cache?: string): string => path.join(cacheFolder(cache), "datasets", "flowers");

/**
 * The folder of the photos, fetched unless they are there: `<class>/*.jpg` and LICENSE.txt with the authors.
 * Two processes may call it at once. When it fails or is left, a part of the download stays, and the next
 * call goes on with it.
 *
 * @throws FleuronError of `download` and `unpack`; `disk-full` before anything is fetched; `signal.reason`.
 */
export async function* fetchFlowers(options: FetchFlowersOptions = {}): AsyncGenerator<WorkEvent, string> {
  const { remote = flowerPhotos, patience, signal } = options;
  const folder = flowersFolder(options.cacheFolder);
  signal?.throwIfAborted();
  if (await isComplete(folder)) return folder;
  await using _ = yield* lockFolder(path.dirname(folder), signal);
  if (await isComplete(folder)) return folder;
  await requireRoom(path.dirname(folder), remote.bytes);

  const { download, unpack } = await import("@fleuron/download");
  const file = path.join(path.dirname(folder), "flower_photos.tgz");
  const archive = yield* download({ remote, file, signal, ...(patience && { patience }) });
  await fs.rm(folder, { recursive: true, force: true });
  yield* newFolder(folder, async function* (temporary) {
    const maxBytes = remote.bytes * MAX_GROWTH + MAX_GROWTH_OF_SMALL;
    yield* unpack({ archive, top: TOP, folder: temporary, maxEntries: MAX_ENTRIES, maxBytes, signal });
    await writeMarker(temporary, {
      formatVersion: 1,
      name: "flowers",
      what: `Photos of flowers from ${remote.urls[0]}; LICENSE.txt names their authors.`,
      ...(await measureFolder(temporary)),
    });
  });
  await fs.rm(archive, { force: true });
  await fs.rm(`${archive}.json`, { force: true });
  return folder;
}

/** Room for the archive and for what is in it. */
async function requireRoom(folder: string, bytes: number): Promise<void> {
  const disk = await fs.statfs(folder);
  const have = await fs.stat(path.join(folder, "flower_photos.tgz.part")).catch(() => undefined);
  const needed = 2.1 * bytes - (have?.size ?? 0);
  if (disk.bavail * disk.bsize < needed) throw diskFull(folder, needed);
}
