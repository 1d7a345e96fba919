import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { measureCache, trimCache } from "./cache-trim.js";
import { FeatureCache } from "./feature-cache.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fleuron-features-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const hash = "abcdef";
const numbers = Float32Array.of(0.1, -2, 3e-9);

const fileIn = async () => {
  const names = await readdir(folder, { recursive: true });
  return path.join(folder, names.find((name) => name.endsWith(".f32"))!);
};

it("gives what was written, by photo and key", async () => {
  const cache = new FeatureCache(folder, "one body");
  expect(await cache.read(hash, 3)).toBeUndefined();
  await cache.write(hash, numbers);
  expect(await new FeatureCache(folder, "one body").read(hash, 3)).toEqual(numbers);
  expect(await cache.read("abcdee", 3)).toBeUndefined();
  expect(await cache.read(hash, 4)).toBeUndefined();
  expect(await new FeatureCache(folder, "another body").read(hash, 3)).toBeUndefined();
});

it("gives nothing of a damaged file", async () => {
  const cache = new FeatureCache(folder, "one body");
  await cache.write(hash, numbers);
  const whole = await readFile(await fileIn());
  for (const at of [0, 5, whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 0x10;
    await writeFile(await fileIn(), damaged);
    expect(await cache.read(hash, 3), `byte ${at}`).toBeUndefined();
  }
  await writeFile(await fileIn(), whole.subarray(0, 2));
  expect(await cache.read(hash, 3)).toBeUndefined();
});

it("keeps nothing where it cannot, and makes room like pixels", async () => {
  const nowhere = new FeatureCache(undefined, "one body");
  await nowhere.write(hash, numbers);
  expect(await nowhere.read(hash, 3)).toBeUndefined();
  const blocked = path.join(folder, "file");
  await writeFile(blocked, "");
  await new FeatureCache(blocked, "one body").write(hash, numbers);
  const cache = new FeatureCache(folder, "one body");
  await cache.write(hash, numbers);
  const use = await measureCache(folder);
  expect(use.bytes).toBe(4 + numbers.byteLength);
  await trimCache(use, 0, new Set());
  expect(await cache.read(hash, 3)).toBeUndefined();
});

it("is marked as used by being read, so that trimming drops others first", async () => {
  const cache = new FeatureCache(folder, "one body");
  await cache.write(hash, numbers);
  await cache.write("012345", numbers);
  for (const { file } of (await measureCache(folder)).files) await utimes(file, 1e9, 1e9);
  expect(await cache.read(hash, 4)).toBeUndefined();
  expect((await measureCache(folder)).files.map(({ usedMs }) => usedMs)).toEqual([1e12, 1e12]);
  expect(await cache.read(hash, 3)).toEqual(numbers);
  const use = await measureCache(folder);
  await trimCache(use, use.bytes / 2, new Set());
  expect(await cache.read(hash, 3)).toEqual(numbers);
  expect(await cache.read("012345", 3)).toBeUndefined();
});
