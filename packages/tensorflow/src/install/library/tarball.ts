// TensorFlow's C archives, `libtensorflow-cpu-linux-x86_64.tar.gz` and their like.
import { promises as fs } from "node:fs";
import path from "node:path";
import { progress } from "@fleuron/model";
import { extract } from "tar";
import { placeOf } from "./place.js";
import type { LibrarySource } from "./source.js";

/** Links of the archives stand for the same library under a shorter name. */
const isPlainName = (link: string | undefined) => link === undefined || path.basename(link) === link;

export const tarball: LibrarySource = {
  recognises: (file, isFolder) => !isFolder && /\.(tar\.gz|tgz|tar)$/i.test(file),
  async *place(file, deps, signal) {
    const task = `unpacking ${path.basename(file)}`;
    yield progress(task, 0, 1, "archive");
    await fs.mkdir(deps, { recursive: true });
    signal?.throwIfAborted();
    await extract({
      file,
      cwd: deps,
      strict: true,
      filter: (name, entry) =>
        placeOf(name) !== undefined && isPlainName("linkpath" in entry ? entry.linkpath : undefined),
    });
    yield progress(task, 1, 1, "archive");
  },
};
