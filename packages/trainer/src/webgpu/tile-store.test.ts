import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTileStore } from "./tile-store.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-tiles-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("keeps tiles for the next process", async () => {
  const file = join(folder, "tiles.json");
  const store = await openTileStore(file);
  expect(await store.get("NVIDIA A10: conv2d")).toBeUndefined();
  await store.set("NVIDIA A10: conv2d", "64x64");
  await store.set("NVIDIA A10: matMul", "32x64");
  expect(await store.get("NVIDIA A10: conv2d")).toBe("64x64");
  expect(await (await openTileStore(file)).get("NVIDIA A10: matMul")).toBe("32x64");
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    "NVIDIA A10: conv2d": "64x64",
    "NVIDIA A10: matMul": "32x64",
  });
});

it.each(["", "{", '{ "NVIDIA A10: conv2d": 64 }'])("begins anew where the file holds %j", async (text) => {
  const file = join(folder, "tiles.json");
  await writeFile(file, text);
  const store = await openTileStore(file);
  expect(await store.get("NVIDIA A10: conv2d")).toBeUndefined();
  await store.set("NVIDIA A10: conv2d", "64x64");
  expect(await (await openTileStore(file)).get("NVIDIA A10: conv2d")).toBe("64x64");
});

it("serves its process where nothing can be written", async () => {
  const file = join(folder, "tiles.json");
  await mkdir(file);
  const store = await openTileStore(file);
  await store.set("NVIDIA A10: conv2d", "64x64");
  expect(await store.get("NVIDIA A10: conv2d")).toBe("64x64");
});
