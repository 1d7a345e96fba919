// What the pixel cache keeps from one preparation to the next, whatever happens in between.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PixelReader, prepareDataset, scanDataset } from "../../dist/index.js";
import { ENTRY_BYTES, photoLab, storage } from "../fixtures/photo-lab.js";

const lab = photoLab();

describe("prepareDataset, again", () => {
  it("does nothing the second time, and returns the same", async () => {
    const first = await lab.prepare();
    expect(await lab.prepare()).toEqual({ ...first, worked: 0 });
  });

  it("decodes only what is new or changed, even if size and time of modification stay", async () => {
    const before = await lab.prepare();
    const file = path.join(lab.root, "daisy", "0.jpg");
    const { mtime } = await stat(file);
    const bytes = await readFile(file);
    bytes[bytes.length - 3]! ^= 0xff;
    await writeFile(file, bytes);
    await utimes(file, mtime, mtime);
    await copyFile(path.join(lab.root, "rose", "1.png"), path.join(lab.root, "rose", "new.png"));
    const after = await lab.prepare();
    expect(after.worked).toBe(2);
    expect(after.dataset.photos.length).toBe(9);
    expect(after.dataset.photos[0]!.fileHash).not.toBe(before.dataset.photos[0]!.fileHash);
    expect(after.dataset.photos[1]).toEqual(before.dataset.photos[1]);
  });

  it("survives a damaged index and damaged, cut and missing entries", async () => {
    const before = await lab.prepare();
    const pixels = await lab.pixelsOf(before.dataset);
    const [damaged, cut, missing] = await lab.entries();
    await writeFile(damaged!, Buffer.alloc(ENTRY_BYTES, 7));
    await writeFile(cut!, (await readFile(cut!)).subarray(0, 100));
    await rm(missing!);
    expect(await lab.pixelsOf(before.dataset)).toEqual(pixels);
    expect((await readFile(damaged!)).toString("latin1", 0, 4)).toBe("FLPX");
    expect((await stat(cut!)).size).toBe(ENTRY_BYTES);

    await rm(missing!);
    const again = await lab.prepare();
    expect(again.worked).toBe(1);

    const index = (await readdir(lab.cacheFolder, { recursive: true })).find((name) =>
      name.endsWith(".json"),
    )!;
    const text = await readFile(path.join(lab.cacheFolder, index), "utf8");
    for (const broken of ["", text.slice(0, -40), text.replace(/"width":16/, '"width":17'), "null\nnull"]) {
      await writeFile(path.join(lab.cacheFolder, index), broken);
      expect((await lab.prepare()).dataset).toEqual(before.dataset);
    }
    expect(await lab.pixelsOf(before.dataset)).toEqual(pixels);
  });

  it("decodes at each reading, and says so, when the pixels do not fit", async () => {
    const cached = await lab.prepare();
    await rm(lab.cacheFolder, { recursive: true });
    const { dataset, warnings } = await lab.prepare({ cacheLimit: ENTRY_BYTES * 7 });
    expect(warnings).toEqual(["pixel-cache-too-small"]);
    expect(dataset.pixels.pixelFolder).toBeUndefined();
    expect(await lab.pixelsOf(dataset)).toEqual(await lab.pixelsOf(cached.dataset));
    expect((await lab.prepare({ cacheLimit: ENTRY_BYTES * 7 })).worked).toBe(0);
    expect((await lab.prepare({ cacheLimit: ENTRY_BYTES * 8 })).warnings).toEqual([]);
  });

  it("goes on without a cache where it cannot be written", async () => {
    await writeFile(lab.cacheFolder, "a file where the folder should be");
    const { dataset, warnings } = await lab.prepare();
    expect(warnings).toEqual(["pixel-cache-not-writable"]);
    expect((await lab.pixelsOf(dataset)).length).toBe(8);
  });

  it("goes on when the disk fails in the middle", async () => {
    const { dataset } = await lab.prepare();
    const [entry] = await lab.entries();
    const stored = path.dirname(path.dirname(entry!));
    await rm(stored, { recursive: true });
    await writeFile(stored, "a file where the folder should be");
    const again = await lab.prepare();
    expect(again.warnings).toEqual(["pixel-cache-not-writable"]);
    expect(again.dataset).toEqual(dataset);
    expect((await lab.pixelsOf(again.dataset)).length).toBe(8);
  });

  it("drops what was used longest ago, of other datasets only", async () => {
    const other = path.join(lab.folder, "other");
    await lab.fill(other, 4, 2);
    await lab.prepare({}, other);
    const old = await lab.entries();
    for (const [at, file] of old.entries()) await utimes(file, 1000 + at, 1000 + at);
    await lab.prepare({ cacheLimit: ENTRY_BYTES * 11 });
    const left = await lab.entries();
    expect(left.length).toBe(11);
    expect(old.filter((file) => left.includes(file))).toEqual(old.slice(5));
  });

  it("marks an entry as used when it is read", async () => {
    const { dataset } = await lab.prepare();
    const [file] = await lab.entries();
    await utimes(file!, 1000, 1000);
    await lab.pixelsOf(dataset);
    expect(Date.now() - (await stat(file!)).mtimeMs).toBeLessThan(60_000);
  });

  it("stops with the signal's reason, and goes on later where it stopped", async () => {
    await lab.fill(lab.root, 20);
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = async () => {
      const scan = await scanDataset(lab.root);
      let seen = 0;
      for await (const _ of prepareDataset(scan, {
        storage,
        cacheFolder: lab.cacheFolder,
        signal: controller.signal,
      })) {
        if (++seen === 10) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    const { worked, dataset } = await lab.prepare();
    expect(dataset.photos.length).toBe(40);
    expect(worked).toBeLessThan(40 - 9);
    expect(await lab.prepare({}, lab.root)).toMatchObject({ worked: 0 });
  });

  it("can run twice at the same time, and be killed at any time", async () => {
    await lab.fill(lab.root, 30);
    const script = `
      const { prepareDataset, scanDataset } = await import(${JSON.stringify(
        new URL("../../dist/index.js", import.meta.url).href,
      )});
      const [root, cacheFolder] = ${JSON.stringify([lab.root, lab.cacheFolder])};
      const storage = ${JSON.stringify(storage)};
      let seen = 0;
      for await (const _ of prepareDataset(await scanDataset(root), { storage, cacheFolder, threads: 2 })) {
        if (++seen === 1) process.stdout.write("begun");
        if (seen === 10) process.kill(process.pid, "SIGKILL");
      }`;
    const file = path.join(lab.folder, "killed.mjs");
    await writeFile(file, script);
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
    const killed = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    await once(child.stdout, "data");
    const beside = await lab.prepare();
    expect(await killed).toBe("SIGKILL");
    const after = await lab.prepare();
    expect(after.dataset).toEqual(beside.dataset);
    expect((await lab.pixelsOf(after.dataset)).length).toBe(60);
    await rm(lab.cacheFolder, { recursive: true });
    expect((await lab.prepare()).dataset).toEqual(after.dataset);
  });
});

describe("PixelReader", () => {
  it("refuses a photo that is no longer what was prepared, once it needs its file", async () => {
    const { dataset } = await lab.prepare({ cacheLimit: 0 });
    await copyFile(path.join(lab.root, "rose", "0.jpg"), path.join(lab.root, "daisy", "0.jpg"));
    await rm(path.join(lab.root, "daisy", "2.jpg"));
    const reader = new PixelReader(dataset.pixels);
    await expect(reader.read(dataset.photos[0]!)).rejects.toMatchObject({ code: "photo-changed" });
    await expect(reader.read(dataset.photos[2]!)).rejects.toMatchObject({ code: "photo-changed" });
  });
});
