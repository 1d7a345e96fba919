import { createHash } from "node:crypto";
import { copyFile, mkdtemp, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileStamp } from "@fleuron/files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashInThread } from "../dist/hash-in-thread.js";
import { openSafetensorsFile } from "../dist/open-safetensors-file.js";
import { writeSafetensorsFile } from "../dist/write-safetensors-file.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-hash-"));
  file = join(folder, "some.bytes");
});
afterEach(() => rm(folder, { recursive: true }));

const stampOf = async (path: string) => fileStamp(await stat(path, { bigint: true }));

const sha256 = (...parts: readonly NodeJS.ArrayBufferView[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

describe("hashInThread", () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => Math.imul(at, 2654435761) >>> 24);
  const places = [
    { offset: 1_500_001, length: 1_400_000 },
    { offset: 7, length: 0 },
    { offset: 5, length: 11 },
  ];
  beforeEach(() => writeFile(file, bytes));

  it("hashes parts in their order, longer than a piece and shorter", async () => {
    const parts = places.map(({ offset, length }) => bytes.subarray(offset, offset + length));
    expect(await hashInThread({ file, stamp: await stampOf(file), places })).toBe(sha256(...parts));
  });

  it("says nothing of a file that took the other one's place", async () => {
    const stamp = await stampOf(file);
    await copyFile(file, `${file}.new`);
    await rename(`${file}.new`, file);
    expect(await hashInThread({ file, stamp, places })).toBeUndefined();
  });

  it("says nothing of a file that was written to", async () => {
    const stamp = await stampOf(file);
    await writeFile(file, bytes.toReversed());
    expect(await hashInThread({ file, stamp, places })).toBeUndefined();
  });

  it("says nothing of a file that ends too early, or is gone", async () => {
    const stamp = await stampOf(file);
    await truncate(file, 2_000_000);
    expect(await hashInThread({ file, stamp, places })).toBeUndefined();
    await rm(file);
    expect(await hashInThread({ file, stamp, places })).toBeUndefined();
  });
});

describe("a file of tensors", () => {
  it("is hashed along in the order that is asked for, where it is large", async () => {
    const large = { name: "large", shape: [2 ** 23], data: new Float32Array(2 ** 23).fill(0.1) };
    const small = { name: "small", shape: [3], data: Float32Array.of(1, 2, 3) };
    await writeSafetensorsFile(file, [small, large], each(large, small), {});
    await using opened = await openSafetensorsFile(file);
    expect(await opened.hashAlong(["large", "small"])).toBe(sha256(large.data, small.data));
    expect(await opened.hashAlong(["small"])).toBeUndefined();
  });
});

async function* each<T>(...tensors: readonly T[]): AsyncGenerator<T, void> {
  yield* tensors;
}
