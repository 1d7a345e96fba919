import { createHash } from "node:crypto";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHUNK_BYTES } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkFiles } from "./check-files.js";

const CHUNKS = 3;
const bytes = (CHUNKS - 1) * CHUNK_BYTES + 5;

/** No two chunks are equal. */
const contents = new Uint8Array(bytes).map((_, index) => index / CHUNK_BYTES + index);
const chunks = Array.from({ length: CHUNKS }, (_, index) =>
  createHash("sha256")
    .update(contents.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES))
    .digest("hex"),
);

let folder: string;
let weights: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-check-"));
  weights = join(folder, "weights.bin");
  await writeFile(weights, contents);
});
afterEach(() => rm(folder, { recursive: true }));

const first = { path: "model.onnx", bytes: 3, chunks: [createHash("sha256").update("abc").digest("hex")] };
const model = { files: [first, { path: "weights.bin", bytes, chunks }] } as const;

async function overwrite(byte: number) {
  await using file = await open(weights, "r+");
  await file.write(new Uint8Array([contents[byte]! ^ 1]), 0, 1, byte);
}

describe("weights of several chunks", () => {
  beforeEach(() => writeFile(join(folder, "model.onnx"), "abc"));

  it("that are as described pass", async () => {
    await expect(checkFiles(folder, model)).resolves.toBeUndefined();
  });

  it.each([0, 1, CHUNKS - 1])("that differ in chunk %i are named with it", async (chunk) => {
    await overwrite(chunk * CHUNK_BYTES + 2);
    await expect(checkFiles(folder, model)).rejects.toMatchObject({
      code: "bundle-damaged",
      message: expect.stringContaining(`${weights} differs in its bytes from ${chunk * CHUNK_BYTES} on`),
    });
  });

  it("that are cut are refused by their length", async () => {
    await using file = await open(weights, "r+");
    await file.truncate(bytes - 1);
    await expect(checkFiles(folder, model)).rejects.toMatchObject({
      message: expect.stringContaining(`has ${bytes - 1} bytes instead of ${bytes}`),
    });
  });

  it("are left when the signal says so, with its reason", async () => {
    const reason = new Error("enough");
    await expect(checkFiles(folder, model, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
