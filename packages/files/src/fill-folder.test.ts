import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fillFolder, namesBesideFilling } from "./fill-folder.js";

let place: string;
let folder: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "fleuron-fill-folder-"));
  folder = join(place, "a");
});
afterEach(() => rm(place, { recursive: true }));

async function follow(filling: AsyncGenerator<unknown, void>): Promise<void> {
  for await (const _ of filling);
}

async function* two(into: string) {
  await mkdir(join(into, "roses"));
  await writeFile(join(into, "roses", "1.txt"), "");
  yield "half";
  await writeFile(join(into, "README.txt"), "ours");
}

it("makes a folder with what it is filled with", async () => {
  await follow(fillFolder(folder, two));
  expect((await readdir(folder)).sort()).toEqual(["README.txt", "roses"]);
  expect(await readdir(join(folder, "roses"))).toEqual(["1.txt"]);
  expect(await readdir(place)).toEqual(["a"]);
});

it.each([
  ["an empty one", (folder: string) => mkdir(folder)],
  [
    "a link to one",
    async (folder: string) => {
      await mkdir(`${folder}-target`);
      await symlink(`${folder}-target`, folder, "dir");
    },
  ],
])("keeps %s", async (_, make) => {
  await make(folder);
  const { ino } = await stat(folder);
  await follow(fillFolder(folder, two));
  expect((await readdir(folder)).sort()).toEqual(["README.txt", "roses"]);
  expect((await stat(folder)).ino).toBe(ino);
});

it.each([
  ["empty again where it was there", true],
  ["gone where it was not", false],
])("is %s when filling fails or is left", async (_, there) => {
  if (there) await mkdir(folder);
  const failing = fillFolder(folder, async function* (into) {
    yield* two(into);
    throw new Error("no more");
  });
  await expect(follow(failing)).rejects.toThrow("no more");
  const left = fillFolder(folder, two);
  await left.next();
  await left.return();
  expect(await readdir(place)).toEqual(there ? ["a"] : []);
  if (there) expect(await readdir(folder)).toEqual([]);
});

it("replaces nothing that came meanwhile", async () => {
  const filling = fillFolder(folder, two);
  await filling.next();
  await writeFile(join(folder, "README.txt"), "mine");
  await expect(filling.next()).rejects.toMatchObject({
    code: "folder-unwritable",
    message: `${folder} cannot be written: there is something called README.txt by now.`,
  });
  expect(await readdir(folder)).toEqual(["README.txt"]);
  expect(await readFile(join(folder, "README.txt"), "utf8")).toBe("mine");
});

it("clears away what a process left that was killed, and lets no other one in while it fills", async () => {
  const lock = "filling.fleuron-lock";
  await mkdir(join(folder, "filling.tmp-0123abcd", "roses"), { recursive: true });
  const dead = { id: "someone", pid: 2 ** 22 + 1, processStart: null, host: hostname(), since: "" };
  await writeFile(join(folder, lock), JSON.stringify(dead));
  expect(await namesBesideFilling(folder)).toEqual([]);
  const filling = fillFolder(folder, two);
  await filling.next();
  expect(await readdir(folder)).toEqual([lock, expect.stringMatching(/^filling\.tmp-(?!0123abcd)/)]);
  expect(await namesBesideFilling(folder)).toEqual([]);
  await expect(follow(fillFolder(folder, two))).rejects.toMatchObject({
    code: "run-in-use",
    subject: folder,
  });
  await follow(filling);
  expect((await readdir(folder)).sort()).toEqual(["README.txt", "roses"]);
  expect(await namesBesideFilling(folder)).toHaveLength(2);
});

it("says before anything is made that a link to nowhere takes nothing", async () => {
  await symlink(join(place, "gone"), folder);
  let asked = false;
  const filling = fillFolder(folder, async function* (into) {
    asked = true;
    yield* two(into);
  });
  await expect(follow(filling)).rejects.toMatchObject({ code: "folder-unwritable", subject: folder });
  expect(asked).toBe(false);
});
