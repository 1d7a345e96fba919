// Workers are started from the built package: what is tested here is dist.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { follow } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { proceduralFolder } from "../../../dist/datasets/drawn/procedural.js";
import { findDataset, makeDrawn, scanDataset } from "../../../dist/index.js";

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fleuron-drawn-"));
  folder = join(root, "drawn");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const make = (options: Partial<Parameters<typeof makeDrawn>[0]> = {}) =>
  follow(makeDrawn({ folder, count: 10, threads: 1, ...options }));

describe("makeDrawn", () => {
  it("refuses options that cannot be", async () => {
    await expect(make({ format: "gif" as "png" })).rejects.toMatchObject({
      code: "option-invalid",
      message: "The option 'format' must be one of jpeg, png, but is 'gif'.",
    });
  });

  it("draws as many of each kind into a folder that can be trained on, and says there that they are drawn", async () => {
    const { events, result } = await make({ count: 11 });
    expect(result).toBe(folder);
    const { labels, photos } = await scanDataset(folder);
    expect(labels.map((_, label) => photos.filter((photo) => photo.label === label).length)).toEqual([
      3, 2, 2, 2, 2,
    ]);
    expect(await readFile(join(folder, "README.txt"), "utf8")).toContain(
      "These pictures are drawn, not photographed.",
    );
    expect(events.at(-1)).toEqual({
      type: "progress",
      task: "drawing flowers",
      completed: 11,
      total: 11,
      unit: "pictures",
    });
    expect(await readdir(root)).toEqual(["drawn"]);
    expect((await follow(findDataset(folder))).result).toEqual({
      name: "procedural",
      folder,
      fallback: false,
    });
  });

  it("draws the same again for the same seed, and others for another", async () => {
    const file = "tulips/drawn-01.png";
    await make({ format: "png" });
    await make({ format: "png", folder: join(root, "again") });
    await make({ format: "png", folder: join(root, "other"), seed: 1 });
    const [first, again, other] = (await Promise.all(
      ["drawn", "again", "other"].map((name) => readFile(join(root, name, file))),
    )) as [Buffer, Buffer, Buffer];
    expect(again.equals(first)).toBe(true);
    expect(other.equals(first)).toBe(false);
  });

  it("refuses a folder that has something in it, and fills an empty one, which stays the one that it is", async () => {
    await mkdir(folder);
    const { ino } = await stat(folder);
    const controller = new AbortController();
    const aborted = make({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    expect(await readdir(folder)).toEqual([]);
    await make();
    expect((await stat(folder)).ino).toBe(ino);
    await expect(make()).rejects.toMatchObject({ code: "folder-not-empty", subject: folder });
  });

  it("fills a folder that holds no more than what a killed process had begun", async () => {
    await mkdir(join(folder, "filling.tmp-0123abcd", "roses"), { recursive: true });
    await make();
    expect(await readdir(folder)).not.toContain("filling.tmp-0123abcd");
  });

  it("fills an empty folder through a link", async () => {
    await mkdir(folder);
    await symlink(folder, join(root, "link"), "dir");
    await make({ folder: join(root, "link") });
    expect(await readdir(folder)).toContain("tulips");
  });

  it("refuses fewer than two of each kind", async () => {
    await expect(make({ count: 9 })).rejects.toMatchObject({
      ...{ code: "option-invalid", subject: "count" },
      message: "The option 'count' must be an integer of at least 10, but is 9.",
    });
  });

  it("says so when the folder cannot be made", async () => {
    await writeFile(join(root, "file"), "");
    await expect(make({ folder: join(root, "file", "drawn") })).rejects.toMatchObject({
      code: "folder-unwritable",
    });
  });

  it("says that the disk is full, and leaves nothing", async (context) => {
    await mkdir(folder);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", folder], { stdio: "ignore" });
    } catch {
      context.skip("only root may mount a small disk");
    }
    try {
      await expect(make({ folder: join(folder, "drawn"), count: 100 })).rejects.toMatchObject({
        code: "disk-full",
        subject: join(folder, "drawn"),
      });
      expect(await readdir(folder)).toEqual([]);
    } finally {
      execFileSync("umount", [folder]);
    }
  });

  it("leaves nothing when it is aborted", async () => {
    const controller = new AbortController();
    const work = follow(makeDrawn({ folder, count: 40, threads: 1, signal: controller.signal }), () =>
      controller.abort(new Error("enough")),
    );
    await expect(work).rejects.toThrow("enough");
    expect(await readdir(root)).toEqual([]);
  });
});

describe("proceduralFolder", () => {
  it("draws once, again when something is missing, and once for two at a time", async () => {
    const ask = () => follow(proceduralFolder({ cacheFolder: root, count: 10, threads: 1 }));
    const drawn = (work: Awaited<ReturnType<typeof ask>>) =>
      work.events.filter(({ type }) => type === "progress").length;
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(drawn).sort()).toEqual([0, 10]);
    const folder = both[0].result;
    expect(drawn(await ask())).toBe(0);
    await rm(join(folder, "roses", "drawn-00.jpg"));
    expect(drawn(await ask())).toBe(10);
    expect(await readdir(join(root, "datasets"))).toEqual(["procedural-1-10"]);
  });
});
