// What lies under the name that a call would write to is another's, who writes there now: it is neither used nor removed.
import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fillFolder, newFolder, replaceTextFile, writeAtomically } from "./index.js";
import { isTemporary } from "./temporary.js";

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), "fleuron-taken-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true });
});

const filesBelow = async () => {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => fs.readFile(join(parentPath, name), "utf8")),
  );
};

it.each([
  ["replaceTextFile", replaceTextFile],
  ["writeAtomically", (file: string) => writeAtomically(file, [])],
])("%s", async (_, write) => {
  const { open } = fs;
  vi.spyOn(fs, "open").mockImplementation(async (path, ...rest) => {
    await fs.writeFile(path as string, "another's");
    return open(path, ...rest);
  });
  await expect(write(join(folder, "a"), "")).rejects.toThrow("EEXIST");
  expect(await filesBelow()).toEqual(["another's"]);
});

it.each([
  ["newFolder", newFolder],
  ["fillFolder", fillFolder],
])("%s", async (_, make) => {
  const { mkdir } = fs;
  vi.spyOn(fs, "mkdir").mockImplementation(async (path, ...rest) => {
    if (isTemporary(path as string)) {
      await mkdir(path);
      await fs.writeFile(join(path as string, "file"), "another's");
    }
    return mkdir(path, ...rest);
  });
  const making = make(join(folder, "made"), async function* () {
    yield "filling";
  });
  await expect(making.next()).rejects.toMatchObject({ code: "folder-unwritable" });
  expect(await filesBelow()).toEqual(["another's"]);
});
