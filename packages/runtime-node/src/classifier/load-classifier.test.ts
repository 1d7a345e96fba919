import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MANIFEST_FILE } from "@fleuron/model";
import { drawFlower, encodeJpeg, encodePng, follow } from "@fleuron/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { imported, labels, meantProbabilities, writeSmallBundle } from "../fixtures/small-bundle.js";
import { classifyFiles } from "./classify-files.js";
import { loadClassifier } from "./load-classifier.js";
import { onnxruntime } from "./onnxruntime.js";

const flowers = [0, 1, 2, 3].map((label) => drawFlower({ label, width: 90 + label, height: 70 }));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-classifier-"));
});
beforeEach(() => writeSmallBundle(folder, ["int8", "float16"]));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a classifier", () => {
  it("gives the probabilities of the network that was exported, by label and highest first", async () => {
    await using classifier = await loadClassifier(folder);
    const { predictions, timings } = await classifier.classify(flowers[0]!);
    const meant = meantProbabilities(flowers[0]!);
    expect(new Set(meant).size).toBe(3);
    for (const { label, probability } of predictions) {
      expect(probability).toBeCloseTo(meant[labels.indexOf(label)]!, 5);
    }
    const shares = predictions.map(({ probability }) => probability);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(Object.values(timings).every((milliseconds) => milliseconds >= 0)).toBe(true);
  });

  it("of an imported network gives it what it wants: sides that differ, a border, blue first", async () => {
    await writeSmallBundle(folder, ["float32"], imported);
    await using classifier = await loadClassifier(folder);
    expect(classifier.manifest).toMatchObject({ formatVersion: 2, source: { file: "petals.onnx" } });
    const classified = await classifier.classify(flowers);
    for (const [index, { predictions }] of classified.entries()) {
      const meant = meantProbabilities(flowers[index]!, imported);
      for (const { label, probability } of predictions) {
        expect(probability).toBeCloseTo(meant[labels.indexOf(label)]!, 5);
      }
    }
  });

  it("takes a path, the bytes of a file, or pixels, and names all the same", async () => {
    await using classifier = await loadClassifier(folder);
    const bytes = await encodePng(flowers[1]!);
    const path = join(folder, "flower.png");
    await writeFile(path, bytes);
    const fromPath = await classifier.classify(path);
    const fromBytes = await classifier.classify(bytes);
    const fromPixels = await classifier.classify(flowers[1]!);
    expect(fromBytes.predictions).toEqual(fromPath.predictions);
    expect(fromPixels.predictions).toEqual(fromPath.predictions);
    await rm(path);
  });

  it.each([0, 10, 10 ** 6])("refuses %i numbers, which are no image of its size", async (length) => {
    await using classifier = await loadClassifier(folder);
    await expect(classifier.classify(new Float32Array(length))).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringMatching(`^The input has ${length} numbers instead of \\d+\\.$`),
    });
  });

  it("names a batch in its order as it names photos one by one", async () => {
    await using classifier = await loadClassifier(folder);
    const batch = await classifier.classify(flowers, { topK: 2 });
    const single = await Promise.all(flowers.map((flower) => classifier.classify(flower, { topK: 2 })));
    expect(batch).toHaveLength(4);
    for (const [index, { predictions }] of batch.entries()) {
      expect(predictions.map(({ label }) => label)).toEqual(
        single[index]!.predictions.map(({ label }) => label),
      );
      predictions.forEach(({ probability }, rank) => {
        expect(probability).toBeCloseTo(single[index]!.predictions[rank]!.probability, 5);
      });
    }
    expect(await classifier.classify([])).toEqual([]);
  });

  it("for few photos names them alike", async () => {
    await using forMany = await loadClassifier(folder);
    await using forFew = await loadClassifier(folder, { forFewPhotos: true });
    const [expected, found] = [await forMany.classify(flowers[2]!), await forFew.classify(flowers[2]!)];
    expect(found.predictions.map(({ label }) => label)).toEqual(
      expected.predictions.map(({ label }) => label),
    );
    for (const [rank, { probability }] of found.predictions.entries())
      expect(probability).toBeCloseTo(expected.predictions[rank]!.probability, 5);
  });

  it("says which photo it cannot read, and names others afterwards", async () => {
    await using classifier = await loadClassifier(folder);
    await expect(classifier.classify([flowers[0]!, join(folder, "none.jpg")])).rejects.toMatchObject({
      code: "photo-unreadable",
      subject: join(folder, "none.jpg"),
    });
    expect((await classifier.classify(flowers[0]!)).predictions).toHaveLength(3);
  });

  it("rejects with the signal's reason", async () => {
    await using classifier = await loadClassifier(folder);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(classifier.classify(flowers[0]!, { signal })).rejects.toThrow("enough");
    await expect(loadClassifier(folder, { signal })).rejects.toThrow("enough");
    const controller = new AbortController();
    const work = classifier.classify(flowers[0]!, { signal: controller.signal });
    controller.abort(new Error("later"));
    await expect(work).rejects.toThrow("later");
  });

  it("rejects where loading is ended after its files were looked through", async () => {
    const controller = new AbortController();
    const create = vi.spyOn(onnxruntime.InferenceSession, "create");
    create.mockImplementationOnce(async (...given: Parameters<typeof create>) => {
      controller.abort(new Error("enough"));
      return onnxruntime.InferenceSession.create(...given);
    });
    await expect(loadClassifier(folder, { signal: controller.signal })).rejects.toThrow("enough");
    expect(create).toHaveBeenCalledTimes(2);
  });

  it("rejects what is under way when it is disposed, and what comes after, and may be disposed twice", async () => {
    const classifier = await loadClassifier(folder);
    const work = classifier.classify(flowers);
    const outcome = expect(work).rejects.toMatchObject({ code: "classifier-disposed" });
    await classifier.dispose();
    await outcome;
    await expect(classifier.classify(flowers[0]!)).rejects.toMatchObject({ code: "classifier-disposed" });
    await classifier.dispose();
  });
});

describe("a bundle's models", () => {
  it("are taken by precision, the most exact one by default", async () => {
    await using byDefault = await loadClassifier(folder);
    expect(byDefault.model.precision).toBe("float16");
    await using wanted = await loadClassifier(folder, { precision: "int8", threads: 1 });
    expect(wanted.model.precision).toBe("int8");
    expect(wanted.executionProvider).toBe("cpu");
    await expect(loadClassifier(folder, { precision: "int4" })).rejects.toMatchObject({
      code: "model-missing",
      hint: "It has int8, float16.",
    });
  });
});

describe("a bundle that is not whole", () => {
  const file = () => join(folder, "model.float16.onnx");

  it("is refused for a flipped bit, before anything runs", async () => {
    const bytes = await readFile(file());
    bytes[bytes.length - 100]! ^= 1;
    await writeFile(file(), bytes);
    await expect(loadClassifier(folder)).rejects.toMatchObject({
      code: "bundle-damaged",
      subject: file(),
      message: expect.stringContaining("differs in its bytes from 0 on"),
    });
  });

  it("is refused for a file that is cut short or missing", async () => {
    const bytes = await readFile(file());
    await writeFile(file(), bytes.subarray(0, 1000));
    await expect(loadClassifier(folder)).rejects.toMatchObject({
      code: "bundle-damaged",
      message: expect.stringContaining(`has 1000 bytes instead of ${bytes.length}`),
    });
    await rm(file());
    await expect(loadClassifier(folder)).rejects.toMatchObject({
      message: expect.stringContaining("is missing"),
    });
  });

  it("is refused without a manifest", async () => {
    await rm(join(folder, MANIFEST_FILE));
    await expect(loadClassifier(folder)).rejects.toMatchObject({ code: "bundle-missing", subject: folder });
    await expect(loadClassifier(file())).rejects.toMatchObject({ code: "bundle-missing" });
  });
});

describe("classifyFiles", () => {
  it("names readable files in their order, reports the others, and tells how far it is", async () => {
    await using classifier = await loadClassifier(folder);
    const files: string[] = [];
    for (let index = 0; index < 20; index++) {
      const path = join(folder, `${index}.jpg`);
      files.push(path);
      const flower = drawFlower({ label: index % 3, seed: index, width: 80, height: 70 });
      await writeFile(path, index === 17 ? "no photo" : await encodeJpeg(flower));
    }
    const { events, result } = await follow(classifyFiles(classifier, files, { topK: 1 }));
    expect(result.predictions.map(({ photo }) => photo)).toEqual(files.filter((_, index) => index !== 17));
    expect(result.unreadable).toEqual([
      { photo: files[17], code: "photo-unreadable", message: expect.stringContaining(files[17]!) },
    ]);
    const { predictions } = await classifier.classify(files[18]!, { topK: 1 });
    expect(result.predictions[17]!.predictions[0]!.label).toBe(predictions[0]!.label);
    expect(events.map(({ completed, total }) => `${completed}/${total}`)).toEqual(["16/20", "20/20"]);
  });
});
