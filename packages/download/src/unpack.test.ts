import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { archiveOf, flowerArchive, follow, type TestEntry } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpack } from "./unpack.js";

let root: string;
let folder: string;
let archive: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fleuron-unpack-"));
  folder = join(root, "photos");
  archive = join(root, "photos.tgz");
  await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function unpackBytes(bytes: Uint8Array, signal?: AbortSignal) {
  await writeFile(archive, bytes);
  const limits = { maxEntries: 20, maxBytes: 1e6 };
  return (await follow(unpack({ archive, top: "flower_photos", folder, ...limits, signal }))).result;
}

const unpackEntries = async (...entries: readonly TestEntry[]) => unpackBytes(await archiveOf(entries));

/** Everything below the test's folder that is not the archive. */
const written = async () =>
  (await readdir(root, { recursive: true })).filter((name) => name !== "photos.tgz").sort();

describe("unpack", () => {
  it("gives the files below the top folder, with their contents", async () => {
    expect(await unpackBytes(await flowerArchive())).toEqual({ files: 5, bytes: 160_016 });
    expect(await readFile(join(folder, "LICENSE.txt"), "utf8")).toBe("by Ada and Grace");
    expect(await readdir(join(folder, "roses"))).toEqual(["1.jpg", "2.jpg"]);
  });

  it("takes long names", async () => {
    const name = `flower_photos/daisy/${"petal".repeat(40)}.jpg`;
    await unpackEntries({ name, contents: "x" });
    expect(await readdir(join(folder, "daisy"))).toEqual([`${"petal".repeat(40)}.jpg`]);
  });

  it.each<readonly [string, TestEntry]>([
    ["a path upwards", { name: "flower_photos/../../evil.txt" }],
    ["a path upwards at the start", { name: "../evil.txt" }],
    ["an absolute path", { name: "/tmp/fleuron-evil.txt" }],
    ["a file outside of the top folder", { name: "evil.txt" }],
    ["another top folder", { name: "flower_photos_too/evil.txt" }],
    ["a path with a dot", { name: "flower_photos/./evil.txt" }],
    ["a Windows path", { name: "flower_photos/..\\..\\evil.txt" }],
    ["a stream of Windows", { name: "flower_photos/daisy:evil" }],
    ["a symbolic link", { name: "flower_photos/evil", type: "symlink", linkname: "/etc/passwd" }],
    ["a hard link", { name: "flower_photos/evil", type: "link", linkname: "../../passwd" }],
    ["a device", { name: "flower_photos/evil", type: "character-device" }],
    ["a pipe", { name: "flower_photos/evil", type: "fifo" }],
  ])("refuses %s and says which", async (_what, entry) => {
    await expect(unpackEntries(entry)).rejects.toMatchObject({
      code: "archive-unsafe",
      message: expect.stringContaining(entry.name),
      subject: archive,
    });
    expect(await written()).toEqual(["photos"]);
  });

  it("refuses a file behind a link of the same name", async () => {
    const link = { name: "flower_photos/a", type: "symlink", linkname: ".." } as const;
    await expect(unpackEntries(link, { name: "flower_photos/a/evil.txt" })).rejects.toMatchObject({
      code: "archive-unsafe",
    });
  });

  it("refuses a bomb before it is unpacked", async () => {
    const bomb = await archiveOf([{ name: "flower_photos/a.jpg", contents: new Uint8Array(20e6) }]);
    expect(bomb.length).toBeLessThan(50_000);
    await expect(unpackBytes(bomb)).rejects.toMatchObject({
      code: "archive-unsafe",
      message: expect.stringContaining("too large"),
    });
    expect(await written()).toEqual(["photos"]);
  });

  it("refuses zeros without end behind the archive", async () => {
    await expect(unpackBytes(gzipSync(new Uint8Array(20e6)))).rejects.toMatchObject({
      code: "archive-unsafe",
    });
  });

  it("refuses more entries than there may be", async () => {
    const entries = Array.from({ length: 21 }, (_, index) => ({ name: `flower_photos/${index}.jpg` }));
    await expect(unpackEntries(...entries)).rejects.toMatchObject({
      code: "archive-unsafe",
      message: expect.stringContaining("more than 20 entries"),
    });
  });

  it("refuses a file that is there twice", async () => {
    const entry = { name: "flower_photos/a.jpg", contents: "x" };
    await expect(unpackEntries(entry, entry)).rejects.toMatchObject({ code: "folder-unwritable" });
  });

  it("says so wherever the archive inside is cut", async () => {
    const tar = gunzipSync(await flowerArchive());
    for (const length of [1, 511, 513, 1024, 1536 + 7, 40_000, 100_000]) {
      await expect(unpackBytes(gzipSync(tar.subarray(0, length))), `${length} bytes`).rejects.toMatchObject({
        code: "archive-damaged",
        message: expect.stringMatching(/cannot be unpacked: [^.]+\.$/),
      });
      await rm(folder, { recursive: true });
      await mkdir(folder);
    }
  });

  it("says so when the archive is cut, no gzip or no tar", async () => {
    const whole = await flowerArchive();
    for (const bytes of [
      whole.subarray(0, 90_000),
      Buffer.from("<html>"),
      gzipSync(Buffer.alloc(2048, "x")),
    ]) {
      await expect(unpackBytes(bytes)).rejects.toMatchObject({ code: "archive-damaged", subject: archive });
    }
  });

  it("stops when it is aborted, with the reason", async () => {
    await expect(unpackBytes(await flowerArchive(), AbortSignal.abort(new Error("enough")))).rejects.toThrow(
      "enough",
    );
  });
});
