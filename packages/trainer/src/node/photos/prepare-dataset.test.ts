// Workers are started from the built package: what is tested here is dist.
import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { drawFlower, encodeJpeg, encodePng } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type PhotosEvent,
  PixelReader,
  type PixelStorage,
  type PreparedDataset,
  type PrepareOptions,
  prepareDataset,
  scanDataset,
} from "../../../dist/node/photos/index.js";
import { toStoredForm } from "./pixel-storage.js";

const storage: PixelStorage = { kind: "squash", size: 16, filter: "nearest" };
vi.setConfig({ testTimeout: 20_000 });

const ENTRY_BYTES = 64 + 16 * 16 * 3;

let folder: string;
let root: string;
let cacheFolder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fleuron-prepare-"));
  root = path.join(folder, "photos");
  cacheFolder = path.join(folder, "cache");
  await fill(root, 4);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Photos of two classes, `count` of each: even ones JPEG, odd ones PNG. */
async function fill(where: string, count: number, seed = 1): Promise<void> {
  for (const [label, name] of ["daisy", "rose"].entries()) {
    await mkdir(path.join(where, name), { recursive: true });
    for (let at = 0; at < count; at++) {
      const image = drawFlower({ label, seed: seed * 1000 + at, width: 40, height: 30 });
      const [extension, bytes] =
        at % 2 === 0 ? ["jpg", await encodeJpeg(image)] : ["png", await encodePng(image)];
      await writeFile(path.join(where, name, `${at}.${extension}`), bytes);
    }
  }
}

interface Run {
  readonly dataset: PreparedDataset;
  readonly warnings: readonly string[];
  /** Photos that were decoded or at least looked into. */
  readonly worked: number;
}

async function prepare(options: Partial<PrepareOptions> = {}, where = root): Promise<Run> {
  const scan = await scanDataset(where);
  const steps = prepareDataset(scan, { storage, cacheFolder, threads: 2, ...options });
  const events: PhotosEvent[] = [];
  for (;;) {
    const step = await steps.next();
    if (step.done) {
      return {
        dataset: step.value,
        warnings: events.filter((event) => event.type === "warning").map((event) => event.code),
        worked: events.filter((event) => event.type === "progress").length,
      };
    }
    events.push(step.value);
  }
}

async function entries(): Promise<string[]> {
  const names = await readdir(cacheFolder, { recursive: true });
  return names.filter((name) => name.endsWith(".rgb")).map((name) => path.join(cacheFolder, name));
}

async function pixelsOf(dataset: PreparedDataset): Promise<string[]> {
  const reader = new PixelReader(dataset.pixels);
  const images = await Promise.all(dataset.photos.map((photo) => reader.read(photo)));
  return images.map((image) => Buffer.from(image.data).toString("base64"));
}

describe("prepareDataset", () => {
  it("stores the exact form of each photo and reports progress up to the last", async () => {
    const { dataset, worked } = await prepare();
    expect(worked).toBe(8);
    expect(dataset.photos.map(({ path, label, width, height }) => ({ path, label, width, height }))).toEqual(
      [
        "daisy/0.jpg",
        "daisy/1.png",
        "daisy/2.jpg",
        "daisy/3.png",
        "rose/0.jpg",
        "rose/1.png",
        "rose/2.jpg",
        "rose/3.png",
      ].map((path, at) => ({ path, label: at < 4 ? 0 : 1, width: 16, height: 16 })),
    );
    const drawn = drawFlower({ label: 0, seed: 1001, width: 40, height: 30 });
    const read = await new PixelReader(dataset.pixels).read(dataset.photos[1]!);
    expect(read).toEqual(toStoredForm(drawn, storage));
    expect((await entries()).length).toBe(8);
  });

  it("does nothing the second time, and returns the same", async () => {
    const first = await prepare();
    expect(await prepare()).toEqual({ ...first, worked: 0 });
  });

  it("gives the same whatever the number of threads", async () => {
    await fill(root, 12);
    const [one, three] = ["one", "three"].map((name) => path.join(folder, name));
    const { dataset } = await prepare({ cacheFolder: one!, threads: 1 });
    const other = await prepare({ cacheFolder: three!, threads: 3 });
    expect(other.dataset.photos).toEqual(dataset.photos);
    expect(await pixelsOf(other.dataset)).toEqual(await pixelsOf(dataset));
  });

  it("knows content by what is decoded, not by the file", async () => {
    const image = drawFlower({ label: 0, seed: 1001, width: 40, height: 30 });
    await writeFile(path.join(root, "daisy", "same.png"), await encodePng(image, { colours: "rgb16" }));
    const { dataset } = await prepare();
    const same = dataset.photos.filter(({ path }) => ["daisy/same.png", "daisy/1.png"].includes(path));
    expect(new Set(same.map(({ contentHash }) => contentHash)).size).toBe(1);
    expect(new Set(same.map(({ fileHash }) => fileHash)).size).toBe(2);
  });

  it("decodes only what is new or changed, even if size and time of modification stay", async () => {
    const before = await prepare();
    const file = path.join(root, "daisy", "0.jpg");
    const { mtime } = await stat(file);
    const bytes = await readFile(file);
    bytes[bytes.length - 3]! ^= 0xff;
    await writeFile(file, bytes);
    await utimes(file, mtime, mtime);
    await copyFile(path.join(root, "rose", "1.png"), path.join(root, "rose", "new.png"));
    const after = await prepare();
    expect(after.worked).toBe(2);
    expect(after.dataset.photos.length).toBe(9);
    expect(after.dataset.photos[0]!.fileHash).not.toBe(before.dataset.photos[0]!.fileHash);
    expect(after.dataset.photos[1]).toEqual(before.dataset.photos[1]);
  });

  it("survives a damaged index and damaged, cut and missing entries", async () => {
    const before = await prepare();
    const pixels = await pixelsOf(before.dataset);
    const [damaged, cut, missing] = await entries();
    await writeFile(damaged!, Buffer.alloc(ENTRY_BYTES, 7));
    await writeFile(cut!, (await readFile(cut!)).subarray(0, 100));
    await rm(missing!);
    expect(await pixelsOf(before.dataset)).toEqual(pixels);
    expect((await readFile(damaged!)).toString("latin1", 0, 4)).toBe("FLPX");
    expect((await stat(cut!)).size).toBe(ENTRY_BYTES);

    await rm(missing!);
    const again = await prepare();
    expect(again.worked).toBe(1);

    const index = (await readdir(cacheFolder, { recursive: true })).find((name) => name.endsWith(".json"))!;
    const text = await readFile(path.join(cacheFolder, index), "utf8");
    for (const broken of ["", text.slice(0, -40), text.replace(/"width":16/, '"width":17'), "null\nnull"]) {
      await writeFile(path.join(cacheFolder, index), broken);
      expect((await prepare()).dataset).toEqual(before.dataset);
    }
    expect(await pixelsOf(before.dataset)).toEqual(pixels);
  });

  it("skips, counts and remembers unreadable photos", async () => {
    await fill(root, 6);
    await writeFile(path.join(root, "rose", "text.jpg"), "this is not a photo");
    const first = await prepare();
    expect(first.warnings).toEqual(["photos-unreadable"]);
    expect(first.dataset.photos.length).toBe(12);
    expect(first.dataset.unreadable).toEqual([
      { path: "rose/text.jpg", code: "photo-unreadable", message: expect.stringContaining("rose/text.jpg") },
    ]);
    expect(await prepare()).toEqual({ ...first, worked: 0 });
  });

  it("refuses when more than a fifth is unreadable, naming the first few", async () => {
    for (let at = 0; at < 7; at++) await writeFile(path.join(root, "rose", `bad${at}.jpg`), "");
    await expect(prepare()).rejects.toMatchObject({
      code: "too-many-unreadable-photos",
      message: expect.stringMatching(/7 of 15 photos .* rose\/bad0\.jpg, .* and 2 more\.$/),
    });
  });

  it("refuses a class of which nothing can be read", async () => {
    await fill(root, 10);
    await mkdir(path.join(root, "tulip"));
    await writeFile(path.join(root, "tulip", "only.jpg"), "");
    await expect(prepare()).rejects.toMatchObject({ code: "class-empty", subject: "tulip" });
  });

  it("lists copies, and warns of those under two classes", async () => {
    await copyFile(path.join(root, "rose", "0.jpg"), path.join(root, "rose", "copy.jpg"));
    await copyFile(path.join(root, "rose", "1.png"), path.join(root, "daisy", "wrong.png"));
    const { dataset, warnings } = await prepare();
    expect(warnings).toEqual(["duplicates-across-classes"]);
    expect(dataset.duplicates.map(({ paths, acrossClasses }) => ({ paths, acrossClasses }))).toEqual([
      { paths: ["daisy/wrong.png", "rose/1.png"], acrossClasses: true },
      { paths: ["rose/0.jpg", "rose/copy.jpg"], acrossClasses: false },
    ]);
  });

  it("warns of copies in both train and val", async () => {
    const parts = path.join(folder, "parts");
    await fill(path.join(parts, "train"), 3);
    await fill(path.join(parts, "val"), 1, 2);
    await copyFile(path.join(parts, "train", "rose", "0.jpg"), path.join(parts, "val", "rose", "leak.jpg"));
    const { warnings, dataset } = await prepare({}, parts);
    expect(warnings).toEqual(["duplicates-across-parts"]);
    expect(dataset.photos.filter(({ part }) => part === "val").length).toBe(3);
  });

  it("decodes at each reading, and says so, when the pixels do not fit", async () => {
    const cached = await prepare();
    await rm(cacheFolder, { recursive: true });
    const { dataset, warnings } = await prepare({ cacheLimit: ENTRY_BYTES * 7 });
    expect(warnings).toEqual(["pixel-cache-too-small"]);
    expect(dataset.pixels.pixelFolder).toBeUndefined();
    expect(await pixelsOf(dataset)).toEqual(await pixelsOf(cached.dataset));
    expect((await prepare({ cacheLimit: ENTRY_BYTES * 7 })).worked).toBe(0);
    expect((await prepare({ cacheLimit: ENTRY_BYTES * 8 })).warnings).toEqual([]);
  });

  it("goes on without a cache where it cannot be written", async () => {
    await writeFile(cacheFolder, "a file where the folder should be");
    const { dataset, warnings } = await prepare();
    expect(warnings).toEqual(["pixel-cache-not-writable"]);
    expect((await pixelsOf(dataset)).length).toBe(8);
  });

  it("goes on when the disk fails in the middle", async () => {
    const { dataset } = await prepare();
    const [entry] = await entries();
    const stored = path.dirname(path.dirname(entry!));
    await rm(stored, { recursive: true });
    await writeFile(stored, "a file where the folder should be");
    const again = await prepare();
    expect(again.warnings).toEqual(["pixel-cache-not-writable"]);
    expect(again.dataset).toEqual(dataset);
    expect((await pixelsOf(again.dataset)).length).toBe(8);
  });

  it("drops what was used longest ago, of other datasets only", async () => {
    const other = path.join(folder, "other");
    await fill(other, 4, 2);
    await prepare({}, other);
    const old = await entries();
    for (const [at, file] of old.entries()) await utimes(file, 1000 + at, 1000 + at);
    await prepare({ cacheLimit: ENTRY_BYTES * 11 });
    const left = await entries();
    expect(left.length).toBe(11);
    expect(old.filter((file) => left.includes(file))).toEqual(old.slice(5));
  });

  it("marks an entry as used when it is read", async () => {
    const { dataset } = await prepare();
    const [file] = await entries();
    await utimes(file!, 1000, 1000);
    await pixelsOf(dataset);
    expect(Date.now() - (await stat(file!)).mtimeMs).toBeLessThan(60_000);
  });

  it("decodes only the photos that were chosen", async () => {
    const { dataset } = await prepare({ maxPhotos: 4 });
    expect(dataset.photos.map(({ label }) => label)).toEqual([0, 0, 1, 1]);
    expect((await entries()).length).toBe(4);
    const again = await prepare({ maxPhotos: 4 });
    expect([again.dataset, again.worked]).toEqual([dataset, 0]);
  });

  it("stops with the signal's reason, and goes on later where it stopped", async () => {
    await fill(root, 20);
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = async () => {
      const scan = await scanDataset(root);
      let seen = 0;
      for await (const _ of prepareDataset(scan, { storage, cacheFolder, signal: controller.signal })) {
        if (++seen === 10) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    const { worked, dataset } = await prepare();
    expect(dataset.photos.length).toBe(40);
    expect(worked).toBeLessThan(40 - 9);
    expect(await prepare({}, root)).toMatchObject({ worked: 0 });
  });

  it("can run twice at the same time, and be killed at any time", async () => {
    await fill(root, 30);
    const script = `
      const { prepareDataset, scanDataset } = await import(${JSON.stringify(
        new URL("../../../dist/node/photos/index.js", import.meta.url).href,
      )});
      const [root, cacheFolder] = ${JSON.stringify([root, cacheFolder])};
      const storage = ${JSON.stringify(storage)};
      let seen = 0;
      for await (const _ of prepareDataset(await scanDataset(root), { storage, cacheFolder, threads: 2 })) {
        if (++seen === 10) process.kill(process.pid, "SIGKILL");
      }`;
    const file = path.join(folder, "killed.mjs");
    await writeFile(file, script);
    const child = spawn(process.execPath, [file], { stdio: "inherit" });
    const killed = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    const beside = await prepare();
    expect(await killed).toBe("SIGKILL");
    const after = await prepare();
    expect(after.dataset).toEqual(beside.dataset);
    expect((await pixelsOf(after.dataset)).length).toBe(60);
    await rm(cacheFolder, { recursive: true });
    expect((await prepare()).dataset).toEqual(after.dataset);
  });
});

describe("PixelReader", () => {
  it("refuses a photo that is no longer what was prepared, once it needs its file", async () => {
    const { dataset } = await prepare({ cacheLimit: 0 });
    await copyFile(path.join(root, "rose", "0.jpg"), path.join(root, "daisy", "0.jpg"));
    await rm(path.join(root, "daisy", "2.jpg"));
    const reader = new PixelReader(dataset.pixels);
    await expect(reader.read(dataset.photos[0]!)).rejects.toMatchObject({ code: "photo-changed" });
    await expect(reader.read(dataset.photos[2]!)).rejects.toMatchObject({ code: "photo-changed" });
  });
});
