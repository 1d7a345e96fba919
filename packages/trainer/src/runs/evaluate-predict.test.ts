// What a run says about photos, on the built package.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { normalise, notebookPreprocessing, preprocess } from "@fleuron/model";
import { openCheckpoint, openRunFolder, type RunRecord } from "@fleuron/run-folder";
import { decodePhoto } from "@fleuron/runtime-node";
import { drawFlower, encodeJpeg, follow } from "@fleuron/testing";
import { cropSetOf, cropsOf, softmax, type TestTimeAugmentation, viewIn, viewsOf } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate, predict, resume, train } from "../../dist/index.js";
import { type Lab, openLab, recordOf, small } from "../fixtures/lab.js";

let lab: Lab;
let data: string;
let run: string;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 22, width: 200 });
  await mkdir(lab.path("learn"));
  for (const name of ["daisy", "rose"]) {
    for (let index = 0; index < 22; index++) {
      const part = lab.path("learn", index < 20 ? "train" : "val", name);
      await mkdir(part, { recursive: true });
      await copyFile(`${data}/${name}/${index}.jpg`, `${part}/${index}.jpg`);
    }
  }
  run = lab.path("learnt");
});
afterAll(() => lab[Symbol.asyncDispose]());

const learning = { ...small, recipe: "notebook", width: 0.25, batchSize: 10, epochs: 8 } as const;

it("learns 40 photos by heart: an accuracy of 0.99 or more in training mode", {
  timeout: 60_000,
}, async () => {
  const { events } = await follow(train({ ...learning, data: lab.path("learn"), out: run }));
  const epochs = events.filter((event) => event.type === "epoch");
  expect(events.find((event) => event.type === "run")?.trainCount).toBe(40);
  expect(epochs.at(-1)?.accuracy).toBeGreaterThanOrEqual(0.99);
});

describe("evaluate", () => {
  it.each([
    ["best", "best"],
    ["last", "final"],
  ] as const)(
    "of the %s checkpoint gives what training said, but for the temperature",
    async (checkpoint, key) => {
      const said = (await recordOf(run))[key] as { valAccuracy: number; valLoss: number };
      const { result } = await follow(evaluate({ run, checkpoint, threads: 1 }));
      expect(said.valAccuracy).toBe(result.accuracy);
      expect(result.count).toBe(4);
      const photos = ["daisy", "rose"].map((name) => lab.path("learn", "val", name));
      const { result: named } = await follow(predict({ run, checkpoint, photos, topK: 2, threads: 1 }));
      const losses = (temperature: number) =>
        named.predictions.map(({ photo, predictions }) => {
          const powers = predictions.map(({ probability }) => probability ** temperature);
          const own = predictions.findIndex(({ label }) => photo.includes(`/${label}/`));
          return -Math.log(powers[own]! / (powers[0]! + powers[1]!));
        });
      const mean = (values: readonly number[]) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(losses(1))).toBeCloseTo(result.loss, 5);
      expect(mean(losses(result.temperature))).toBeCloseTo(said.valLoss, 5);
    },
  );

  it("names the validation photos, not those learnt from, in figures that fit each other", async () => {
    const { result } = await follow(evaluate({ run, threads: 1 }));
    expect(result.labels).toEqual(["daisy", "rose"]);
    expect(result.confusion.flat().reduce((a, b) => a + b)).toBe(result.count);
    const right = result.confusion[0]![0]! + result.confusion[1]![1]!;
    expect(result.accuracy).toBe(right / result.count);
    result.perClass.forEach(({ label, count, recall }, index) => {
      expect(label).toBe(result.labels[index]);
      expect(count).toBe(2);
      expect(recall).toBe(result.confusion[index]![index]! / count);
    });
  });

  it("takes other photos, also with fewer classes in another order", async () => {
    const others = await lab.photos("others", { perClass: 3, classes: ["zinnia", "daisy"], firstSeed: 50 });
    await expect(follow(evaluate({ run, data: others }))).rejects.toMatchObject({
      message: expect.stringMatching(/class 'zinnia'.*does not know/),
      hint: expect.stringContaining("daisy, rose"),
    });
    const known = await lab.photos("known", { perClass: 3, classes: ["rose", "daisy"] });
    const { result } = await follow(evaluate({ run, data: known, threads: 1 }));
    // Drawn the other way round: the class of its folder counts, not its place.
    expect(result.labels).toEqual(["daisy", "rose"]);
    expect(result.count).toBe(6);
    expect(result.accuracy).toBeLessThan(0.5);
  });
});

describe("predict", () => {
  const photo = () => `${data}/rose/3.jpg`;

  it("gives a photo the tensor that the notebook gave it, and its probabilities to a bit", async () => {
    const { result } = await follow(predict({ run, photos: [photo()], threads: 1 }));
    const { record } = await openRunFolder(run);
    const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
    const plan = { ...record.plan, trainable: [] };
    await using engine = new OnnxEngine(plan, { runtime: ort, threads: 1, description });
    await using checkpoint = await openCheckpoint(`${run}/best.safetensors`, record.plan);
    await engine.write(checkpoint.read());
    const images = new Float32Array(3 * 67 * 67);
    preprocess(await decodePhoto(await readFile(photo())), { ...notebookPreprocessing, size: 67 }, images);
    const { temperature } = checkpoint.progress.calibration!;
    const { data: untempered } = await engine.predict({ size: 1, images });
    const logits = untempered.map((logit) => logit / temperature);
    const exponentials = [...logits].map((value) => Math.exp(value - Math.max(...logits)));
    const sum = exponentials[0]! + exponentials[1]!;
    const [daisy, rose] = exponentials.map((value) => expect.closeTo(value / sum, 6));
    const { predictions } = result.predictions[0]!;
    expect(predictions).toEqual([
      { label: "rose", probability: rose },
      { label: "daisy", probability: daisy },
    ]);
    expect(predictions.reduce((total, { probability }) => total + probability, 0)).toBeCloseTo(1, 6);
  });

  it("agrees with evaluate about every photo", async () => {
    const photos = ["daisy", "rose"].map((name) => lab.path("learn", "val", name));
    const { result } = await follow(predict({ run, photos, topK: 1, threads: 1 }));
    expect(result.predictions.length).toBe(4);
    const right = result.predictions.filter(({ photo, predictions }) =>
      photo.includes(`/${predictions[0]!.label}/`),
    );
    const { result: evaluation } = await follow(evaluate({ run, threads: 1 }));
    expect(right.length / 4).toBe(evaluation.accuracy);
    expect(result.predictions.every(({ predictions }) => predictions.length === 1)).toBe(true);
  });

  it("names many photos as it names few", async () => {
    const { result: few } = await follow(predict({ run, photos: [photo()], threads: 1 }));
    const { result: many } = await follow(predict({ run, photos: Array(9).fill(photo()), threads: 1 }));
    expect(many.predictions.length).toBe(9);
    for (const { predictions } of many.predictions) {
      for (const [rank, { label, probability }] of predictions.entries()) {
        expect(label).toBe(few.predictions[0]!.predictions[rank]!.label);
        expect(probability).toBeCloseTo(few.predictions[0]!.predictions[rank]!.probability, 6);
      }
    }
  });

  it("names the others when some photos are missing or cannot be read", async () => {
    await writeFile(lab.path("text.jpg"), "dear diary");
    await writeFile(lab.path("empty.jpg"), "");
    const photos = [lab.path("none.jpg"), photo(), lab.path("text.jpg"), lab.path("empty.jpg")];
    const { result, events } = await follow(predict({ run, photos, threads: 1 }));
    expect(result.predictions.map((one) => one.photo)).toEqual([photo()]);
    expect(result.unreadable.map((one) => [one.photo, one.code])).toEqual(
      [photos[0], photos[2], photos[3]].map((path) => [path, "photo-unreadable"]),
    );
    for (const { photo, message } of result.unreadable) expect(message).toContain(photo);
    expect(events.at(-1)).toMatchObject({ type: "progress", completed: 4, total: 4 });
  });

  it("rejects with the reason when it is aborted", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const photos = [`${data}/daisy`, `${data}/rose`];
    const work = follow(predict({ run, photos, threads: 1, signal: controller.signal }), () =>
      controller.abort(reason),
    );
    await expect(work).rejects.toBe(reason);
  });

  it("refuses a folder without photos and a run that is none", async () => {
    await mkdir(lab.path("nothing"));
    await expect(follow(predict({ run, photos: [lab.path("nothing")] }))).rejects.toThrow(/no photos in/);
    await expect(follow(predict({ run: lab.path("nowhere"), photos: [photo()] }))).rejects.toMatchObject({
      code: "run-folder-not-found",
    });
    await expect(follow(predict({ run: data, photos: [photo()] }))).rejects.toMatchObject({
      code: "run-record-missing",
    });
  });

  it("says that there is no checkpoint yet when a run was stopped before its first epoch", async () => {
    const out = lab.path("young");
    const stop = new AbortController();
    await follow(train({ ...small, data, batchSize: 2, out, signal: stop.signal }), ({ type }) => {
      if (type === "step") stop.abort();
    });
    const work = follow(predict({ run: out, photos: [photo()] }));
    await expect(work).rejects.toMatchObject({ code: "checkpoint-missing" });
    await follow(resume({ run: out, skipReport: true, threads: 1 }));
    await follow(predict({ run: out, photos: [photo()], threads: 1 }));
  });

  it.each(["none", "flip", "ten-crop"] as const)(
    "sees large photos as evaluate does, with views %s",
    async (tta) => {
      const large = lab.path("large");
      for (const [label, name] of ["daisy", "rose"].entries()) {
        await mkdir(`${large}/${name}`, { recursive: true });
        const flower = drawFlower({ label, seed: 7, width: 700, height: 500 });
        await writeFile(`${large}/${name}/0.jpg`, await encodeJpeg(flower));
      }
      const modern = lab.path("young");
      const { result } = await follow(evaluate({ run: modern, data: large, threads: 1, tta }));
      const photos = [`${large}/daisy/0.jpg`, `${large}/rose/0.jpg`];
      const { record } = await openRunFolder(modern);
      const losses = await Promise.all(
        photos.map(async (photo, label) => -Math.log((await viewsMean(photo, tta, record, modern))[label]!)),
      );
      expect(result.loss).toBeCloseTo((losses[0]! + losses[1]!) / 2, 6);
      if (tta !== "none") return;
      const { result: named } = await follow(predict({ run: modern, photos, threads: 1 }));
      for (const [label, { predictions }] of named.predictions.entries()) {
        const own = predictions.find((one) => one.label === ["daisy", "rose"][label]);
        expect(-Math.log(own!.probability)).toBeCloseTo(losses[label]!, 5);
      }
    },
  );
});

/** The mean of the probabilities of a photo's views, each made of the whole photo. */
async function viewsMean(
  photo: string,
  tta: TestTimeAugmentation,
  { plan, preprocessing }: RunRecord,
  run: string,
): Promise<readonly number[]> {
  const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
  await using engine = new OnnxEngine({ ...plan, trainable: [] }, { runtime: ort, threads: 1, description });
  await using checkpoint = await openCheckpoint(`${run}/best.safetensors`, plan);
  await engine.write(checkpoint.read());
  const image = await decodePhoto(await readFile(photo));
  const views = viewsOf(tta);
  const crops = cropsOf(image, preprocessing, cropSetOf(tta));
  const rows = await Promise.all(
    views.map(async (view) => {
      const images = new Float32Array(3 * preprocessing.size ** 2);
      normalise(viewIn(crops, view), preprocessing, images, 0);
      const { data } = await engine.predict({ size: 1, images });
      return softmax(data.map((logit) => logit / checkpoint.progress.calibration!.temperature));
    }),
  );
  return [0, 1].map((label) => rows.reduce((sum, row) => sum + row[label]!, 0) / rows.length);
}
