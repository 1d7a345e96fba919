// Archives of photos and of libraries.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { unpack } from "@fleuron/download";
import { zipOf } from "@fleuron/testing";
import { pack } from "tar-stream";
import { unpackLibraries } from "../../../../packages/tensorflow/dist/install/library/unpack-libraries.js";
import { must } from "../../lost.js";
import { bytes, wrapped } from "../draws.js";
import type { Parser } from "../parser.js";

const TOP = "flower_photos";
const UNPACKED = "unpacked";

export async function archiveParsers(): Promise<readonly Parser[]> {
  return [
    {
      name: "an archive of photos",
      samples: [await tarOf(`${TOP}/`, `${TOP}/daisy/1.jpg`, `${TOP}/roses/2.jpg`)],
      draw: wrapped(
        sealedTar,
        (given) => gunzipSync(given),
        (given) => gzipSync(given, { level: 1 }),
      ),
      file: "photos.tgz",
      async read(_, folder) {
        const limits = { maxEntries: 50, maxBytes: 2 ** 20 };
        const places = { archive: join(folder, "photos.tgz"), folder: join(folder, UNPACKED) };
        for await (const __ of unpack({ top: TOP, ...places, ...limits }));
        await requireInside(folder);
      },
    },
    {
      name: "a wheel",
      samples: [
        zipOf({
          "tensorflow/include/tensorflow/c/c_api.h": "int x;",
          "tensorflow/libtensorflow_cc.so.2": "\x7fELF",
          "a.py": "",
        }),
      ],
      draw: bytes,
      file: "tensorflow.whl",
      read: (_, folder) => unpackLibrary(folder, "tensorflow.whl"),
    },
    {
      name: "an archive of TensorFlow",
      samples: [await tarOf("./include/tensorflow/c/c_api.h", "./lib/libtensorflow.so.2", "./LICENSE")],
      draw: wrapped(
        sealedTar,
        (given) => gunzipSync(given),
        (given) => gzipSync(given, { level: 1 }),
      ),
      file: "tensorflow.tar.gz",
      read: (_, folder) => unpackLibrary(folder, "tensorflow.tar.gz"),
    },
  ];
}

async function unpackLibrary(folder: string, name: string): Promise<void> {
  for await (const _ of unpackLibraries(join(folder, name), join(folder, UNPACKED), undefined));
  await requireInside(folder);
}

/** Whatever an archive names, nothing is written beside its folder. */
async function requireInside(folder: string): Promise<void> {
  const names = await readdir(folder);
  must(names.length <= 2, () => `it wrote beside its folder: ${names.join(", ")}`);
}

async function tarOf(...names: readonly string[]): Promise<Buffer> {
  const tar = pack();
  for (const name of names) {
    if (name.endsWith("/")) tar.entry({ name, type: "directory" });
    else tar.entry({ name }, `contents of ${name}`.repeat(40));
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

const BLOCK = 512;
const CHECKSUM = { start: 148, end: 156 };

/** A tar whose headers have the right checksums again, as long as they can be followed. */
const sealedTar: Parser["draw"] = (samples, random) => {
  const tar = bytes(samples, random);
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    header.fill(0x20, CHECKSUM.start, CHECKSUM.end);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, CHECKSUM.start, "latin1");
    const size = Number.parseInt(header.toString("latin1", 124, 136), 8);
    if (!(size >= 0)) break;
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return tar;
};
