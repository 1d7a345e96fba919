// What is read of photos before a decoder sees them, and what is remembered about them.
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { FleuronError, parsePhotoFile } from "@fleuron/model";
import { decodeEntry, encodeEntry } from "../../../../packages/photos/dist/cache/cache-entry.js";
import { readIndex } from "../../../../packages/photos/dist/cache/dataset-index.js";
import { must } from "../../lost.js";
import { bytes, jsonLines, sealed } from "../draws.js";
import type { Parser } from "../parser.js";

/** An orientation of 6, as the only entry. */
const EXIF = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

const ROOT = "/photos";
const CHECKED = 48;
const HEADER = 64;

export const photoParsers: readonly Parser[] = [
  {
    name: "a photo's file",
    samples: [
      `\xff\xd8\xff\xe1\0\x22Exif\0\0${EXIF}\xff\xc0\0\x11\x08\0\x20\0\x30\x03.........\xff\xda\0\x03.abc\xff\xd9`,
      `\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x30\0\0\0\x20.........\0\0\0\x1aeXIf${EXIF}....\0\0\0\0IEND....`,
      `RIFF\x3a\0\0\0WEBPVP8L\x0c\0\0\0/...........EXIF\x1a\0\0\0${EXIF}`,
      "\0\0\0\x20ftypheic\0\0\0\0",
      "<svg xmlns='http://www.w3.org/2000/svg'>",
      "GIF89a\x01\0\x01\0",
    ].map((text) => Buffer.from(text, "latin1")),
    draw: bytes,
    read(given) {
      const { width, height, orientation, pixelParts } = parsePhotoFile(given, "photo");
      must(width > 0 && height > 0, () => `${width}×${height}`);
      must(orientation >= 1 && orientation <= 8, () => `orientation ${orientation}`);
      const kept = pixelParts.reduce((sum, { length }) => sum + length, 0);
      must(kept <= given.length, () => `${kept} of ${given.length} bytes`);
    },
  },
  {
    name: "a photo's pixels in the cache",
    samples: [entry(5, 3), entry(1, 1)],
    draw: sealed(bytes, (given) => {
      if (given.length < HEADER) return given;
      given.writeUInt32LE(crc32(given.subarray(HEADER), crc32(given.subarray(0, CHECKED))), CHECKED);
      return given;
    }),
    read(given) {
      const found = decodeEntry(given);
      if (found === undefined) throw new FleuronError("entry-damaged", "decoded anew");
      const { width, height, data } = found.image;
      must(data.length === width * height * 3, () => `${width}×${height} in ${data.length} bytes`);
    },
  },
  {
    name: "what is remembered of a folder's photos",
    samples: [
      index([
        { path: "rose/1.jpg", stamp: "9 1 1", fileHash: "0a", outcome: outcome(80, 64) },
        {
          path: "rose/2.jpg",
          stamp: "9 1 1",
          fileHash: "0b",
          outcome: { readable: false, code: "x", message: "y" },
        },
        { path: "daisy/1.jpg", stamp: "", fileHash: "" },
      ]),
    ],
    draw: sealed(jsonLines, (given) => {
      const [, second = ""] = given.toString().split("\n");
      return index(second);
    }),
    file: "index.json",
    async read(_, folder) {
      const records = await readIndex(join(folder, "index.json"), ROOT);
      if (records.size === 0) throw new FleuronError("index-damaged", "looked at anew");
      for (const [path, record] of records) must(record.path === path, () => `'${path}' is '${record.path}'`);
    },
  },
];

function entry(width: number, height: number): Buffer {
  const image = { data: new Uint8Array(width * height * 3).fill(7), width, height };
  return Buffer.concat(encodeEntry({ image, contentHash: "ab".repeat(32) }));
}

function outcome(width: number, height: number) {
  return { readable: true, contentHash: "ab".repeat(32), width, height };
}

function index(records: readonly object[] | string): Buffer {
  const second = typeof records === "string" ? records : JSON.stringify(records);
  const header = { format: "fleuron-photo-index", formatVersion: 1, root: ROOT, crc32: crc32(second) };
  return Buffer.from(`${JSON.stringify(header)}\n${second}`);
}
