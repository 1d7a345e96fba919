// A folder: an unpacked C archive, an unpacked wheel, a Python's `site-packages`, or a folder of wheels.
import { promises as fs } from "node:fs";
import path from "node:path";
import { progress, throttle } from "@fleuron/model";
import { placeOf } from "./place.js";
import type { LibrarySource } from "./source.js";
import { wheel } from "./wheel.js";

export const folder: LibrarySource = {
  recognises: (_file, isFolder) => isFolder,
  async *place(root, deps, signal) {
    for (const name of await wheelsIn(root)) yield* wheel.place(path.join(root, name), deps, signal);
    const files = (await neededFiles(root)).flatMap((file) => {
      const place = placeOf(file);
      return place === undefined ? [] : [{ file, place }];
    });
    const due = throttle(files.length);
    for (const [index, { file, place }] of files.entries()) {
      signal?.throwIfAborted();
      const target = path.join(deps, place);
      await fs.mkdir(path.dirname(target), { recursive: true });
      // Follows links, so that nothing of the installation depends on the folder.
      await fs.copyFile(path.join(root, file), target);
      if (due(index + 1)) yield progress("copying libtensorflow", index + 1, files.length, "files");
    }
  },
};

/** Wheels of TensorFlow and CUDA, as `pip download tensorflow[and-cuda]` leaves them among others. */
async function wheelsIn(root: string): Promise<readonly string[]> {
  const wheels = (await fs.readdir(root)).filter((name) =>
    /^(tensorflow(_cpu)?|nvidia_\w+)-.*\.whl$/.test(name),
  );
  if (wheels.filter((name) => name.startsWith("tensorflow")).length > 1)
    throw new Error("there is more than one wheel of TensorFlow in it");
  return wheels.sort();
}

/** Paths below `root` that may be needed; a whole Python environment is not searched. */
async function neededFiles(root: string): Promise<readonly string[]> {
  const starts = ["", "include", "lib", "tensorflow", "tensorflow/include", "nvidia"];
  const found = new Set<string>();
  for (const start of starts) {
    const deep = start.endsWith("include") || start === "nvidia";
    const entries = await fs.readdir(path.join(root, start), { recursive: deep }).catch(() => []);
    for (const entry of entries) found.add(path.posix.join(start, entry));
  }
  return [...found].sort();
}
