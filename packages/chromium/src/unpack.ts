/** The package's brotli archives to a folder that is either whole or absent. */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { x as extractTar } from "tar";
import { FONTS_CONFIGURATION } from "./fonts.js";
import type { ChromiumProgress } from "./progress.js";

export interface UnpackOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ChromiumProgress) => void) | undefined;
}

/** Libraries for a machine that lacks them, fonts likewise, and the software renderer. */
const TAR_ARCHIVES = ["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"];

/**
 * Does nothing if `target` exists. Any number of processes may do this at once: each unpacks beside, and the first
 * to finish renames its folder to `target`.
 */
export async function unpackOnce(
  archives: string,
  target: string,
  options: UnpackOptions = {},
): Promise<void> {
  if (existsSync(target)) return;
  const staging = `${target}.${randomUUID()}.unpacking`;
  await removeAbandoned(dirname(target));
  try {
    await mkdir(staging, { recursive: true });
    for (const name of TAR_ARCHIVES) {
      await extractTar({ file: join(archives, name), cwd: staging, preserveOwner: false });
    }
    await writeFile(join(staging, "fonts.conf"), FONTS_CONFIGURATION);
    await decompress(join(archives, "chromium.br"), join(staging, "chromium"), options);
    await rename(staging, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function decompress(source: string, target: string, options: UnpackOptions): Promise<void> {
  const { signal, onProgress } = options;
  const total = (await stat(source)).size;
  let completed = 0;
  await pipeline(
    createReadStream(source, { highWaterMark: 2 ** 20 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        yield chunk;
        completed += chunk.length;
        onProgress?.({ type: "progress", task: "unpack Chromium", completed, total, unit: "bytes" });
      }
    },
    createBrotliDecompress(),
    createWriteStream(target, { mode: 0o755 }),
    signal ? { signal } : {},
  );
}

const ABANDONED_AFTER_MS = 3_600_000;

/** What a process that was killed while it unpacked has left. */
async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => name.endsWith(".unpacking"))) {
    const path = join(folder, name);
    const modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - modified > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
