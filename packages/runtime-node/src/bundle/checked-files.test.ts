import { createHash } from "node:crypto";
import { mkdtemp, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CHUNK_BYTES } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkFilesOnce } from "./checked-files.js";

const bytes = CHUNK_BYTES + 5;
const contents = new Uint8Array(bytes).map((_, index) => index / 3);
const chunks = [contents.subarray(0, CHUNK_BYTES), contents.subarray(CHUNK_BYTES)].map((chunk) =>
  createHash("sha256").update(chunk).digest("hex"),
);
const model = { files: [{ path: "weights.bin", bytes, chunks }] };

let folder: string;
let notes: string;
let weights: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-checked-"));
  notes = join(folder, "notes");
  weights = join(folder, "weights.bin");
  await writeFile(weights, contents);
});
afterEach(() => rm(folder, { recursive: true }));

const check = () => checkFilesOnce(notes, folder, model);
const noteCount = async () => (await readdir(notes).catch(() => [])).length;
const settle = () => sleep(2100);

/** Changes a byte; the file keeps its length. */
async function damage(file = weights) {
  await using handle = await open(file, "r+");
  await handle.write(new Uint8Array([contents[7]! ^ 1]), 0, 1, 7);
}

const damaged = {
  code: "bundle-damaged",
  message: expect.stringContaining("differs in its bytes from 0 on"),
};

describe("a file that was found whole", () => {
  beforeEach(async () => {
    await settle();
    await check();
    expect(await noteCount()).toBe(1);
  });

  it("is not hashed again where the note is of the file as it is", async () => {
    const [name] = await readdir(notes);
    const note = join(notes, name!);
    const expected = (await readFile(note, "utf8")).split(" ").at(-1);
    await damage();
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(weights, { bigint: true });
    await writeFile(note, [dev, ino, size, mtimeNs, ctimeNs, expected].join(" "));
    await check();
  });

  it("is hashed again when it was changed, also with its time set back", async () => {
    const { atime, mtime } = await stat(weights);
    await damage();
    await utimes(weights, atime, mtime);
    await expect(check()).rejects.toMatchObject(damaged);
  });

  it("is hashed again when another file takes its place", async () => {
    const other = join(folder, "other.bin");
    await writeFile(other, contents);
    await damage(other);
    await rename(other, weights);
    await expect(check()).rejects.toMatchObject(damaged);
  });

  it("is hashed again for another manifest", async () => {
    const other = { files: [{ ...model.files[0]!, chunks: [chunks[1]!, chunks[0]!] }] };
    await expect(checkFilesOnce(notes, folder, other)).rejects.toMatchObject(damaged);
  });

  it("is missed when it is gone", async () => {
    await rm(weights);
    await expect(check()).rejects.toMatchObject({ code: "bundle-damaged" });
  });
});

it("keeps no note of a file that has just been written", async () => {
  await check();
  expect(await noteCount()).toBe(0);
  await damage();
  await expect(check()).rejects.toMatchObject(damaged);
});

it("keeps no note of a file that is not whole", async () => {
  await damage();
  await settle();
  await expect(check()).rejects.toMatchObject(damaged);
  await expect(check()).rejects.toMatchObject(damaged);
  expect(await noteCount()).toBe(0);
});

it("checks all the same where notes cannot be kept", async () => {
  await writeFile(notes, "");
  await settle();
  await check();
  await damage();
  await expect(check()).rejects.toMatchObject(damaged);
});
