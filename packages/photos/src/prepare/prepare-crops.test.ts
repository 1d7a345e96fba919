import { rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { resizePhoto } from "@fleuron/model";
import { decodePhoto, readPhoto } from "@fleuron/runtime-node/photos";
import type { PixelStorage } from "@fleuron/training/data";
import { describe, expect, it } from "vitest";
import {
  type PhotosEvent,
  PixelReader,
  type PrepareCropsOptions,
  type PreparedDataset,
  prepareCrops,
} from "../../dist/index.js";
import { photoLab } from "../fixtures/photo-lab.js";

const lab = photoLab();

/** Photos are 40×30: they are kept whole at 31 pixels, and reduced at 20. */
const learning = (pixels: number): PixelStorage => ({ kind: "shorter-side", pixels, filter: "triangle" });
const crops = { kind: "crops", size: 10, resizeTo: 12, filter: "triangle", set: "centre" } as const;
const ENTRY_BYTES = 64 + 10 * 10 * 3;

async function prepared(dataset: PreparedDataset, options: Partial<PrepareCropsOptions> = {}) {
  const { cacheFolder } = lab;
  const photos = dataset.photos.slice(2, 6);
  const steps = prepareCrops(dataset, photos, { storage: crops, cacheFolder, threads: 1, ...options });
  const events: PhotosEvent[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { source: value, photos, events };
    events.push(value);
  }
}

const wanted = async (photo: string) => {
  const decoded = await decodePhoto(await readPhoto(path.join(lab.root, photo)));
  return resizePhoto(decoded, { size: 10, resize: { fit: "cover", filter: "triangle", resizeTo: 12 } });
};

describe("the crops of validation photos", () => {
  it.each([
    ["whole", 31],
    ["reduced", 20],
  ])("are what preprocessing makes of the photo where the dataset keeps it %s", async (_, pixels) => {
    const { dataset } = await lab.prepare({ storage: learning(pixels) });
    const { source, photos } = await prepared(dataset);
    expect((await lab.entries()).length).toBe(8 + 4);
    // Neither the photos nor their other form are needed any more.
    await rm(path.join(lab.root, "daisy", "3.png"));
    const reader = new PixelReader(source);
    for (const photo of photos) {
      if (photo.path !== "daisy/3.png") expect(await reader.read(photo)).toEqual(await wanted(photo.path));
    }
    expect((await reader.read(photos[1]!)).width).toBe(10);
  });

  it("are made once, and again where one is gone or from another time", async () => {
    const { dataset } = await lab.prepare({ storage: learning(20) });
    const { source, photos, events } = await prepared(dataset);
    expect(events.length).toBe(4);
    expect((await prepared(dataset)).events).toEqual([]);
    const own = (await lab.entries()).filter((file) => file.includes("crops-10"));
    await rm(own[0]!);
    expect((await prepared(dataset)).events.length).toBe(1);
    await rm(own[1]!);
    const reader = new PixelReader(source);
    for (const photo of photos) expect(await reader.read(photo)).toEqual(await wanted(photo.path));
    expect((await stat(own[1]!)).size).toBe(ENTRY_BYTES);
  });

  it("are another form than any that photos to learn from have", async () => {
    const { dataset } = await lab.prepare({ storage: learning(20) });
    const before = await lab.entries();
    const { source } = await prepared(dataset);
    expect(source.storage).toEqual(crops);
    expect((await lab.entries()).filter((file) => before.includes(file))).toEqual(before);
  });

  it("are the dataset's own pixels where those are squashed to the input already", async () => {
    const { dataset } = await lab.prepare();
    const { source, events } = await prepared(dataset, {
      storage: { kind: "squash", size: 16, filter: "nearest" },
    });
    expect(source).toEqual(dataset.pixels);
    expect(events).toEqual([]);
  });

  it("are never made at the cost of the pixels to learn from: without room they are decoded each time", async () => {
    const { dataset } = await lab.prepare({ storage: learning(20) });
    const entries = await lab.entries();
    for (const file of entries) await utimes(file, 1000, 1000);
    const { source, photos, events } = await prepared(dataset, { cacheLimit: 1 });
    expect(events).toMatchObject([{ type: "warning", code: "pixel-cache-too-small" }]);
    expect(await lab.entries()).toEqual(entries);
    const reader = new PixelReader(source);
    for (const photo of photos) expect(await reader.read(photo)).toEqual(await wanted(photo.path));
  });
});
