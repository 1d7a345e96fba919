import { promises } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { replaceFile, replaceTextFile, sweepTemporaryFiles } from "./index.js";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-files-"));
  file = join(folder, "a.txt");
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

it("replaces a file by parts in any order", async () => {
  await replaceTextFile(file, "before");
  await replaceFile(file, async (put) => {
    await put(new TextEncoder().encode("cd"), 2);
    await put(new TextEncoder().encode("ab"), 0);
  });
  expect(await readFile(file, "utf8")).toBe("abcd");
  expect(await readdir(folder)).toEqual(["a.txt"]);
});

it("puts several parts one after the other", async () => {
  const parts = ["", "ab", "c", "", "de"].map((text) => new TextEncoder().encode(text));
  await replaceFile(file, async (put) => {
    await put(parts, 3);
    await put([], 0);
    await put(new TextEncoder().encode("xyz"), 0);
  });
  expect(await readFile(file, "utf8")).toBe("xyzabcde");
});

it("leaves what was there, and nothing else, when writing fails", async () => {
  await replaceTextFile(file, "before");
  const work = replaceFile(file, async (put) => {
    await put(new TextEncoder().encode("after"), 0);
    throw new Error("no more");
  });
  await expect(work).rejects.toThrow("no more");
  expect(await readFile(file, "utf8")).toBe("before");
  expect(await readdir(folder)).toEqual(["a.txt"]);
});

it("says which file cannot be written", async () => {
  const missing = join(folder, "missing", "a.txt");
  await expect(replaceTextFile(missing, "")).rejects.toMatchObject({
    code: "file-unwritable",
    subject: missing,
  });
});

it("is content with a folder that one may write to but not list", async () => {
  const open = promises.open;
  const denied = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
  vi.spyOn(promises, "open").mockImplementation((path, ...rest) =>
    path === folder ? Promise.reject(denied) : open(path, ...rest),
  );
  await replaceTextFile(file, "whole");
  expect(await readFile(file, "utf8")).toBe("whole");
});

it("sweeps what a killed process left, and nothing else", async () => {
  await writeFile(join(folder, "a.txt.tmp-0123abcd"), "");
  await writeFile(join(folder, "a.tmp"), "");
  await mkdir(join(folder, "b.tmp-0123abcd"));
  await sweepTemporaryFiles(folder);
  expect(await readdir(folder)).toEqual(["a.tmp", "b.tmp-0123abcd"]);
});
