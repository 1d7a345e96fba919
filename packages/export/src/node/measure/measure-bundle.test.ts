import { writeFile } from "node:fs/promises";
import { wireBytes } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-node";
import { drawFlower, encodeJpeg, follow } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureBundle, writeBundle } from "../../../dist/node/index.js";
import { smallModel, temporaryFolder, training } from "../../fixtures/temporary-bundle.js";

const PHOTOS = 9;

let lab: Awaited<ReturnType<typeof temporaryFolder>>;
let bundle: string;
let photos: { path: string; label: number }[];

beforeAll(async () => {
  lab = await temporaryFolder();
  bundle = lab.path("bundle");
  const written = { model: smallModel(), training, folder: bundle };
  await follow(writeBundle({ ...written, format: "all", precisions: ["compact", "float32"] }));
  photos = [];
  for (let index = 0; index < PHOTOS; index++) {
    const path = lab.path(`${index}.jpg`);
    const flower = drawFlower({ label: index % 3, seed: index, width: 90, height: 80 });
    await writeFile(path, await encodeJpeg(flower));
    photos.push({ path, label: index % 3 });
  }
});
afterAll(() => lab[Symbol.asyncDispose]());

async function accuracyOf(precision: "float32" | "compact"): Promise<number> {
  await using classifier = await loadClassifier(bundle, { precision });
  const { labels } = classifier.manifest;
  const classified = await classifier.classify(photos.map(({ path }) => path));
  const right = classified.filter(
    ({ predictions }, index) => predictions[0]!.label === labels[photos[index]!.label],
  );
  return right.length / PHOTOS;
}

describe("the files of a bundle", () => {
  it("are measured one by one, the largest first: bytes on the wire, accuracy, time and memory", async () => {
    // What getrusage says of a new process begins with the memory of the one that starts it.
    const ballast = Buffer.alloc(500e6, 1);
    const { result, events } = await follow(measureBundle({ bundle, photos, threads: 1 }));
    expect(ballast[1]).toBe(1);
    await using classifier = await loadClassifier(bundle);
    const { models } = classifier.manifest;
    expect(result.photos).toBe(PHOTOS);
    expect(result.files.map(({ precision }) => precision)).toEqual(["float32", "compact"]);
    for (const { precision, accuracy, milliseconds, peakBytes, ...file } of result.files) {
      const model = models.find((each) => each.format === "onnx" && each.precision === precision)!;
      expect(file.wireBytes).toBe(wireBytes(model));
      expect(accuracy).toBe(await accuracyOf(precision as "float32"));
      expect(milliseconds).toBeGreaterThan(0);
      expect(peakBytes).toBeGreaterThan(20e6);
      if (process.platform === "linux") expect(peakBytes).toBeLessThan(500e6);
    }
    expect(events.filter(({ type }) => type === "progress")).toHaveLength(2 * PHOTOS);
  });

  it("are measured without the photos that cannot be read, and a warning says so", async () => {
    const broken = { path: lab.path("broken.jpg"), label: 0 };
    await writeFile(broken.path, "no photo");
    const { result, events } = await follow(measureBundle({ bundle, photos: [broken, ...photos] }));
    expect(result.photos).toBe(PHOTOS);
    expect(events.filter(({ type }) => type === "warning")).toEqual([
      expect.objectContaining({ code: "photos-unreadable", message: expect.stringContaining(broken.path) }),
    ]);
    await expect(follow(measureBundle({ bundle, photos: [broken] }))).rejects.toMatchObject({
      code: "no-photos",
    });
  });

  it("are left when the signal says so", async () => {
    const stop = new AbortController();
    const measuring = follow(measureBundle({ bundle, photos, signal: stop.signal }), () =>
      stop.abort(new Error("enough")),
    );
    await expect(measuring).rejects.toThrow("enough");
  });

  it("are refused where one is damaged, in the words of who reads it", async () => {
    const folder = lab.path("damaged");
    const { result } = await follow(writeBundle({ model: smallModel(), training, folder }));
    await writeFile(lab.path("damaged", result.manifest.models[0]!.files[0]!.path), "no model");
    await expect(follow(measureBundle({ bundle: folder, photos }))).rejects.toMatchObject({
      code: "bundle-damaged",
    });
  });
});
