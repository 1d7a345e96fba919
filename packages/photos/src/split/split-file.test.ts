import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Split } from "./split-dataset.js";
import { readSplit, writeSplit } from "./split-file.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fleuron-split-"));
});
afterEach(() => rm(folder, { recursive: true }));

const photo = { path: "a/1.jpg", label: 0, contentHash: "ab" };
const split: Split = {
  formatVersion: 1,
  datasetHash: "cd",
  labels: ["a", "b"],
  validation: "hash",
  train: [photo],
  val: [],
  test: [],
};

it("comes back as it was written, and leaves no other file", async () => {
  const file = path.join(folder, "split.json");
  await writeSplit(file, split);
  expect(await readSplit(file)).toEqual(split);
  expect(await readdir(folder)).toEqual(["split.json"]);
});

it("names the file that is missing, damaged or of another version", async () => {
  const file = path.join(folder, "split.json");
  const failure = { code: "split-invalid", subject: file, message: expect.stringContaining(file) };
  await expect(readSplit(file)).rejects.toMatchObject(failure);
  for (const text of [
    "{",
    JSON.stringify({ ...split, formatVersion: 2 }),
    JSON.stringify({ ...split, val: [{}] }),
    JSON.stringify({ ...split, val: [{ ...photo, label: 2 }] }),
  ]) {
    await writeFile(file, text);
    await expect(readSplit(file)).rejects.toMatchObject(failure);
  }
});
