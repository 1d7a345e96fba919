import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newFolder } from "./new-folder.js";

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "fleuron-new-folder-"));
});
afterEach(() => rm(place, { recursive: true }));

/** Until its folder is gone, or for a fifth of a second. */
async function writeOn(folder: string) {
  const end = Date.now() + 200;
  for (let file = 0; Date.now() < end; file++)
    await writeFile(join(folder, String(file)), "").catch(() => undefined);
}

it("is there when it is filled", async () => {
  const filling = newFolder(join(place, "made"), async function* (folder) {
    yield "begun";
    await writeFile(join(folder, "file"), "contents");
  });
  expect((await filling.next()).value).toBe("begun");
  expect((await filling.next()).done).toBe(true);
  expect(await readdir(join(place, "made"))).toEqual(["file"]);
});

it("is taken away when filling it fails, from under what still writes into it, too", async () => {
  let writing: Promise<void> | undefined;
  const filling = newFolder(join(place, "made"), async function* (folder) {
    yield "begun";
    await mkdir(join(folder, "inside"));
    writing = writeOn(join(folder, "inside"));
    throw new Error("It went wrong.");
  });
  await filling.next();
  await expect(filling.next()).rejects.toThrow("It went wrong.");
  await writing;
  expect(await readdir(place)).toEqual([]);
});
