import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeFolder } from "./make-folder.js";

let place: string;
beforeEach(async () => {
  place = await fs.mkdtemp(join(tmpdir(), "fleuron-make-folder-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(place, { recursive: true });
});

it("makes what is missing above it, and says whether it was there", async () => {
  const folder = join(place, "a", "b", "c");
  expect(await makeFolder(folder)).toBe(true);
  expect((await fs.stat(folder)).isDirectory()).toBe(true);
  expect(await makeFolder(folder)).toBe(false);
});

it("is made once by several at the same time", async () => {
  const folder = join(place, "a", "b");
  const made = await Promise.all(Array.from({ length: 8 }, () => makeFolder(folder)));
  expect(made.filter(Boolean)).toHaveLength(1);
});

it("is refused where a file is, or lies above it", async () => {
  await fs.writeFile(join(place, "file"), "");
  await expect(makeFolder(join(place, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(place, "file", "a"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

it("gives up where a file system takes no new folder and says that there is none above it", async () => {
  const absent = Object.assign(new Error("ENOENT: no such file or directory"), { code: "ENOENT" });
  const { mkdir } = fs;
  const asked = vi
    .spyOn(fs, "mkdir")
    .mockImplementation((path, ...rest) => (path === place ? mkdir(path, ...rest) : Promise.reject(absent)));
  await expect(makeFolder(join(place, "a"))).rejects.toBe(absent);
  expect(asked).toHaveBeenCalledTimes(3);
});
