// Workers are started from the built package: what is tested here is dist.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawFlower, encodePng, follow } from "@fleuron/testing";
import sharp, { type Sharp } from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDataset } from "../../../dist/index.js";

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fleuron-check-"));
  folder = join(root, "photos");
  for (const [label, name] of ["daisy", "rose"].entries()) {
    for (let seed = 1; seed <= 4; seed++) await put(`${name}/${seed}.png`, await flower(label, seed));
  }
});
afterEach(() => rm(root, { recursive: true, force: true }));

const flower = (label: number, seed: number, width = 160) =>
  encodePng(drawFlower({ label, seed, width, height: Math.round(width * 0.75) }));

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), bytes);
}

const check = async (options: Partial<Parameters<typeof checkDataset>[0]> = {}) =>
  (await follow(checkDataset({ folder, threads: 1, ...options }))).result;

describe("checkDataset", () => {
  it("refuses options that cannot be", async () => {
    await expect(check({ tinyBelow: 0 })).rejects.toMatchObject({
      code: "option-invalid",
      message: "The option 'tinyBelow' must be a positive integer, but is 0.",
    });
  });

  it("finds nothing wrong with photos that are all right", async () => {
    expect(await check()).toEqual({
      folder,
      photos: 8,
      leftOut: [],
      parts: [],
      classes: [
        { label: "daisy", count: 4, unreadable: 0 },
        { label: "rose", count: 4, unreadable: 0 },
      ],
      imbalance: 1,
      imbalanced: false,
      unreadable: [],
      tiny: [],
      tinyBelow: 100,
      exactDuplicates: [],
      nearDuplicates: [],
      splitBy: "hash",
      refusal: null,
      missing: [],
    });
  });

  it("says beforehand, as train does, what so few photos can give", async () => {
    const { events } = await follow(checkDataset({ folder, threads: 1 }));
    const warnings = events.filter((event) => event.type === "warning");
    expect(warnings.map(({ code }) => code)).toEqual(["photos-few", "validation-small"]);
  });

  it("expects nothing of photos none of which can be read", async () => {
    await rm(folder, { recursive: true });
    for (const name of ["daisy", "rose"]) await put(`${name}/text.jpg`, Buffer.from("no photo"));
    const { events, result } = await follow(checkDataset({ folder, threads: 1 }));
    expect(events.filter(({ type }) => type === "warning")).toEqual([]);
    expect(result.refusal).toContain("No photos are left");
  });

  it("names photos that are cut short or no photos, with the reason", async () => {
    await put("daisy/cut.png", (await flower(0, 9)).subarray(0, 400));
    await put("rose/text.jpg", Buffer.from("no photo"));
    const { unreadable, classes } = await check();
    expect(unreadable).toMatchObject([
      { path: "daisy/cut.png", code: "photo-unreadable" },
      { path: "rose/text.jpg", code: "photo-unreadable" },
    ]);
    expect(classes).toMatchObject([{ unreadable: 1 }, { unreadable: 1 }]);
  });

  it("names the same photo under two labels first", async () => {
    await copyFile(join(folder, "daisy/1.png"), join(folder, "daisy/copy.png"));
    await copyFile(join(folder, "daisy/2.png"), join(folder, "rose/copy.png"));
    expect((await check()).exactDuplicates).toEqual([
      { paths: ["daisy/2.png", "rose/copy.png"], acrossClasses: true, acrossSplit: false },
      { paths: ["daisy/1.png", "daisy/copy.png"], acrossClasses: false, acrossSplit: false },
    ]);
  });

  it.each([
    ["encoded otherwise", (photo: Sharp) => photo.jpeg({ quality: 50 })],
    ["scaled", (photo: Sharp) => photo.resize(240, 180).jpeg()],
    ["a little brighter", (photo: Sharp) => photo.linear(1, 12).jpeg()],
    [
      "cropped by a hair",
      (photo: Sharp) => photo.extract({ left: 1, top: 1, width: 158, height: 118 }).jpeg(),
    ],
  ])("finds a photo that is %s again", async (_how, change) => {
    await put("daisy/changed.jpg", await change(sharp(join(folder, "daisy/3.png"))).toBuffer());
    const { nearDuplicates, exactDuplicates } = await check();
    expect(exactDuplicates).toEqual([]);
    expect(nearDuplicates).toMatchObject([
      { paths: ["daisy/3.png", "daisy/changed.jpg"], acrossClasses: false },
    ]);
  });

  it("says which duplicates lie across the split that folders make", async () => {
    const other = join(root, "split");
    for (const part of ["train", "val"]) {
      for (const name of ["daisy", "rose"]) {
        await mkdir(join(other, part, name), { recursive: true });
        await copyFile(
          join(folder, name, part === "train" ? "1.png" : "2.png"),
          join(other, part, name, "a.png"),
        );
      }
    }
    await copyFile(join(folder, "rose/1.png"), join(other, "val/rose/b.png"));
    const { splitBy, exactDuplicates } = await check({ folder: other });
    expect([splitBy, exactDuplicates]).toEqual([
      "folders",
      [{ paths: ["train/rose/a.png", "val/rose/b.png"], acrossClasses: false, acrossSplit: true }],
    ]);
  });

  it("counts the photos of each part, and not those for test among the classes", async () => {
    for (const [at, part] of ["train", "val", "Test"].entries()) {
      for (const [label, name] of ["daisy", "rose"].entries())
        await put(`../parts/${part}/${name}/1.png`, await flower(label, 20 + at));
    }
    await put("../parts/Test/rose/2.png", await flower(1, 30));
    const { parts, classes, photos } = await check({ folder: join(root, "parts") });
    expect({ photos, parts, counts: classes.map(({ count }) => count) }).toEqual({
      photos: 7,
      parts: [
        { part: "train", photos: 2 },
        { part: "val", photos: 2 },
        { part: "test", photos: 3 },
      ],
      counts: [2, 2],
    });
  });

  it("says that one photo a class cannot be trained on, and which classes a part lacks", async () => {
    for (const [label, name] of ["daisy", "rose"].entries())
      await put(`../single/${name}/1.png`, await flower(label, 20));
    const single = join(root, "single");
    const { refusal, missing } = await check({ folder: single });
    expect([refusal, ...missing]).toEqual([
      null,
      expect.stringMatching(/^No training photos of (daisy|rose), which the network cannot learn\.$/),
      expect.stringMatching(/^No validation photos of (daisy|rose), of which the accuracy says nothing\.$/),
    ]);
    expect(await check({ folder: single, validationSplit: 0 })).toMatchObject({
      refusal: "No photos are left to validate with.",
    });
    await put("../parts/train/daisy/1.png", await flower(0, 20));
    await put("../parts/train/rose/1.png", await flower(1, 20));
    await put("../parts/val/rose/1.png", await flower(1, 21));
    expect(await check({ folder: join(root, "parts") })).toMatchObject({
      refusal: null,
      missing: ["No validation photos of daisy, of which the accuracy says nothing."],
    });
  });

  it("lists tiny photos and classes of very unequal size", async () => {
    for (let seed = 10; seed < 20; seed++) await put(`rose/${seed}.png`, await flower(1, seed));
    await put("daisy/1.png", await flower(0, 1, 60));
    expect(await check()).toMatchObject({
      tiny: [{ path: "daisy/1.png", width: 60, height: 45 }],
      imbalance: 3.5,
      imbalanced: true,
    });
    expect((await check({ tinyBelow: 45 })).tiny).toEqual([]);
  });

  it("stops when it is aborted, with the reason", async () => {
    const controller = new AbortController();
    const work = follow(checkDataset({ folder, threads: 1, signal: controller.signal }), () =>
      controller.abort(new Error("enough")),
    );
    await expect(work).rejects.toThrow("enough");
  });

  it("says so when the folder is not there", async () => {
    await expect(check({ folder: join(root, "nowhere") })).rejects.toMatchObject({
      code: "dataset-not-found",
    });
  });
});
