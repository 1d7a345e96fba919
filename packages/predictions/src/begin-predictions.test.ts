import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { beginPredictions } from "./begin-predictions.js";
import { writePart } from "./parts.js";

let folder: string;
let parts: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-begin-"));
  parts = join(folder, "table.csv.parts");
  await writeFile(join(folder, "weights"), "");
});
afterEach(() => rm(folder, { recursive: true }));

async function* photos(...paths: string[]) {
  if (paths.length === 0) throw new Error("no photos");
  yield* paths;
}

const begin = (photos: AsyncIterable<string>, force = false) =>
  beginPredictions({
    ...{ out: join(folder, "table.csv"), weights: { file: join(folder, "weights") }, topK: 1 },
    ...{ photos, force },
  });

it("leaves no folder where nothing was predicted", async () => {
  await expect(begin(photos())).rejects.toThrow("no photos");
  const begun = await begin(photos("a.jpg"));
  expect((await readdir(parts)).sort()).toEqual(["beginning.json", "lock", "photos.jsonl"]);
  await begun[Symbol.asyncDispose]();
  expect(await readdir(folder)).toEqual(["weights"]);
});

it("removes nothing of somebody's from a folder of that name", async () => {
  await mkdir(join(parts, "notes"), { recursive: true });
  for (const name of ["lock.txt", "notes.txt"]) await writeFile(join(parts, name), "mine");
  const [own, kept] = [
    ["beginning.json", "photos.jsonl.tmp-0123abcd", "lock.takeover-0123"],
    ["lock.txt", "notes", "notes.txt"],
  ];
  for (const name of own) await writeFile(join(parts, name), "{}");
  await expect(begin(photos())).rejects.toThrow("no photos");
  expect((await readdir(parts)).sort()).toEqual(kept);
  await writePart(parts, 0, []);
  const begun = await begin(photos("a.jpg"), true);
  expect((await readdir(parts)).sort()).toEqual(["beginning.json", "lock", ...kept, "photos.jsonl"].sort());
  await begun[Symbol.asyncDispose]();
  expect((await readdir(parts)).sort()).toEqual(kept);
});
