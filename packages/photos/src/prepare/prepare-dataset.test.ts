import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { drawFlower, encodePng } from "@fleuron/testing";
import { toStoredForm } from "@fleuron/training/data";
import { describe, expect, it } from "vitest";
import { PixelReader } from "../../dist/index.js";
import { photoLab, storage } from "../fixtures/photo-lab.js";

const lab = photoLab();

describe("prepareDataset", () => {
  it("stores the exact form of each photo and reports progress up to the last", async () => {
    const { dataset, worked } = await lab.prepare();
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
    expect((await lab.entries()).length).toBe(8);
  });

  it("gives the same whatever the number of threads", async () => {
    await lab.fill(lab.root, 12);
    const [one, three] = ["one", "three"].map((name) => path.join(lab.folder, name));
    const { dataset } = await lab.prepare({ cacheFolder: one!, threads: 1 });
    const other = await lab.prepare({ cacheFolder: three!, threads: 3 });
    expect(other.dataset.photos).toEqual(dataset.photos);
    expect(await lab.pixelsOf(other.dataset)).toEqual(await lab.pixelsOf(dataset));
  });

  it("knows content by what is decoded, not by the file", async () => {
    const image = drawFlower({ label: 0, seed: 1001, width: 40, height: 30 });
    await writeFile(path.join(lab.root, "daisy", "same.png"), await encodePng(image, { colours: "rgb16" }));
    const { dataset } = await lab.prepare();
    const same = dataset.photos.filter(({ path }) => ["daisy/same.png", "daisy/1.png"].includes(path));
    expect(new Set(same.map(({ contentHash }) => contentHash)).size).toBe(1);
    expect(new Set(same.map(({ fileHash }) => fileHash)).size).toBe(2);
  });

  it("skips, counts and remembers unreadable photos", async () => {
    await lab.fill(lab.root, 6);
    await writeFile(path.join(lab.root, "rose", "text.jpg"), "this is not a photo");
    const first = await lab.prepare();
    expect(first.warnings).toEqual(["photos-unreadable"]);
    expect(first.dataset.photos.length).toBe(12);
    expect(first.dataset.unreadable).toEqual([
      { path: "rose/text.jpg", code: "photo-unreadable", message: expect.stringContaining("rose/text.jpg") },
    ]);
    expect(await lab.prepare()).toEqual({ ...first, worked: 0 });
  });

  it("refuses when more than a fifth is unreadable, naming the first few", async () => {
    for (let at = 0; at < 7; at++) await writeFile(path.join(lab.root, "rose", `bad${at}.jpg`), "");
    await expect(lab.prepare()).rejects.toMatchObject({
      code: "too-many-unreadable-photos",
      message: expect.stringMatching(/7 of 15 photos .* rose\/bad0\.jpg, .* and 2 more\.$/),
    });
  });

  it("refuses a class of which nothing can be read", async () => {
    await lab.fill(lab.root, 10);
    await mkdir(path.join(lab.root, "tulip"));
    await writeFile(path.join(lab.root, "tulip", "only.jpg"), "");
    await expect(lab.prepare()).rejects.toMatchObject({ code: "class-empty", subject: "tulip" });
  });

  it("refuses a part of which nothing can be read: a random split would take its place", async () => {
    const parts = path.join(lab.folder, "parts");
    await lab.fill(path.join(parts, "train"), 10);
    await mkdir(path.join(parts, "val", "rose"), { recursive: true });
    await mkdir(path.join(parts, "val", "daisy"), { recursive: true });
    await writeFile(path.join(parts, "val", "rose", "broken.jpg"), "");
    await writeFile(path.join(parts, "val", "daisy", "broken.jpg"), "");
    await expect(lab.prepare({}, parts)).rejects.toMatchObject({ code: "photos-too-few", subject: "val" });
  });

  it("lists copies, and warns of those under two classes", async () => {
    await copyFile(path.join(lab.root, "rose", "0.jpg"), path.join(lab.root, "rose", "copy.jpg"));
    await copyFile(path.join(lab.root, "rose", "1.png"), path.join(lab.root, "daisy", "wrong.png"));
    const { dataset, warnings } = await lab.prepare();
    expect(warnings).toEqual(["duplicates-across-classes"]);
    expect(dataset.duplicates.map(({ paths, acrossClasses }) => ({ paths, acrossClasses }))).toEqual([
      { paths: ["daisy/wrong.png", "rose/1.png"], acrossClasses: true },
      { paths: ["rose/0.jpg", "rose/copy.jpg"], acrossClasses: false },
    ]);
  });

  it("warns of copies in both train and val", async () => {
    const parts = path.join(lab.folder, "parts");
    await lab.fill(path.join(parts, "train"), 3);
    await lab.fill(path.join(parts, "val"), 1, 2);
    await copyFile(path.join(parts, "train", "rose", "0.jpg"), path.join(parts, "val", "rose", "leak.jpg"));
    const { warnings, dataset } = await lab.prepare({}, parts);
    expect(warnings).toEqual(["duplicates-across-parts"]);
    expect(dataset.photos.filter(({ part }) => part === "val").length).toBe(3);
  });

  it("decodes only the photos that were chosen", async () => {
    const { dataset } = await lab.prepare({ maxPhotos: 4 });
    expect(dataset.photos.map(({ label }) => label)).toEqual([0, 0, 1, 1]);
    expect((await lab.entries()).length).toBe(4);
    const again = await lab.prepare({ maxPhotos: 4 });
    expect([again.dataset, again.worked]).toEqual([dataset, 0]);
  });
});
