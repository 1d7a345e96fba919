// What a run gives to export and verify, on the built package.
import { cp, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { networkOf } from "@fleuron/graph";
import { countParameters } from "@fleuron/model";
import { openSafetensorsFile } from "@fleuron/run-folder";
import { useFile } from "@fleuron/runtime-node";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  evaluate,
  evaluationOf,
  labelledPhotos,
  type Prediction,
  predict,
  train,
  trainedRun,
} from "../../dist/index.js";
import { type Lab, openLab, recordOf, small } from "../fixtures/lab.js";

let lab: Lab;
let run: string;

beforeAll(async () => {
  lab = await openLab();
  run = lab.path("runs", "first");
  await follow(train({ ...small, data: await lab.photos("photos", { perClass: 12 }), out: run }));
});
afterAll(() => lab[Symbol.asyncDispose]());

describe("trainedRun", () => {
  it.each(["best", "last"] as const)(
    "has every parameter of the %s checkpoint by its name",
    async (checkpoint) => {
      const { network, weights, labels, preprocessing } = await trainedRun({ run, checkpoint });
      const { parameters } = networkOf(network);
      expect([...weights.keys()].sort()).toEqual(parameters.map(({ name }) => name).sort());
      await using file = await openSafetensorsFile(`${run}/${checkpoint}.safetensors`);
      for await (const { name, data } of file.read([
        "weights/conv2/kernel",
        "statistics/batchNorm1/movingMean",
      ])) {
        expect(weights.get(name.slice(name.indexOf("/") + 1))).toEqual(data);
      }
      expect(labels).toEqual(["daisy", "rose"]);
      expect(preprocessing.size).toBe(67);
    },
  );

  it("says where they come from", async () => {
    const { best, final, finished } = await recordOf(run);
    const { network, training } = await trainedRun({ run });
    expect(training).toEqual({
      run: "first",
      checkpoint: "best",
      network: {
        name: network.name,
        parameters: countParameters(networkOf(network).parameters),
      },
      recipe: "modern",
      epochs: (best as { epoch: number }).epoch,
      dataset: { name: "folder", trainCount: expect.any(Number), valCount: expect.any(Number) },
      valAccuracy: (best as { valAccuracy: number }).valAccuracy,
      trained: finished,
    });
    const last = await trainedRun({ run, checkpoint: "last" });
    expect(last.training).toMatchObject({
      checkpoint: "last",
      epochs: 3,
      valAccuracy: (final as { valAccuracy: number }).valAccuracy,
    });
  });

  it("has the checkpoint's temperature and threshold, and so have predictions", async () => {
    const other = lab.path("runs", "tempered");
    await cp(run, other, { recursive: true });
    const file = `${other}/best.safetensors`;
    const { temperature } = await trainedRun({ run });
    const bytes = (await readFile(file)).toString("latin1");
    const own = `temperature\\":${temperature}`;
    const given = 'temperature\\":2,\\"rejectBelow\\":0.99';
    expect(bytes.split(own)).toHaveLength(2);
    const header = Number(Buffer.from(bytes.slice(0, 8), "latin1").readBigUInt64LE());
    const changed = bytes.slice(8, 8 + header).replace(own, given);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(changed.length));
    await writeFile(file, Buffer.concat([length, Buffer.from(changed + bytes.slice(8 + header), "latin1")]));
    expect(await trainedRun({ run: other })).toMatchObject({ temperature: 2, rejectBelow: 0.99 });
    const oddsOf = async (run: string) => {
      const { result } = await follow(predict({ run, photos: [lab.path("photos")], topK: 2, threads: 1 }));
      const [{ predictions, rejected }] = result.predictions as [Prediction];
      return { odds: Math.log(predictions[0]!.probability / predictions[1]!.probability), rejected };
    };
    const [before, after] = [await oddsOf(run), await oddsOf(other)];
    expect(after.odds).toBeCloseTo((before.odds * temperature) / 2, 4);
    expect([before.rejected, after.rejected]).toEqual([false, true]);
  });

  it("says so when the run has no weights yet", async () => {
    const file = `${run}/best.safetensors`;
    await rename(file, `${file}.away`);
    await expect(trainedRun({ run })).rejects.toMatchObject({ code: "checkpoint-missing", subject: file });
    await rename(`${file}.away`, file);
  });
});

describe("labelledPhotos", () => {
  const labels = ["daisy", "rose"];
  const ask = async (options: Partial<Parameters<typeof labelledPhotos>[0]>) =>
    follow(labelledPhotos({ labels, ...options }));

  it("are those that the run held out, and what the weights say of them comes to the run's own figures", async () => {
    const { result } = await ask({ run });
    expect(result.source).toBe("validation");
    const files = result.photos.map(({ path }) => path);
    const { result: named } = await follow(predict({ run, photos: files, topK: 2, threads: 1 }));
    const { result: evaluated } = await follow(evaluate({ run, tta: "none", threads: 1 }));
    const labelled = named.predictions.map(({ predictions }, index) => ({
      predictions,
      label: result.photos[index]!.label ?? -1,
    }));
    const { temperature, rejectBelow } = await trainedRun({ run });
    const calibration = { temperature, ...(rejectBelow !== undefined && { rejectBelow }) };
    const { loss, reliability, ...figures } = evaluationOf(labelled, {
      labels,
      calibration,
      fittedToHalf: true,
    });
    expect(evaluated).toMatchObject(figures);
    expect(loss).toBeCloseTo(evaluated.loss, 5);
    expect(reliability.error).toBeCloseTo(evaluated.reliability.error, 5);
  });

  it("are counted in the order of other labels, and unknown where those have not their class", async () => {
    const { result } = await ask({ run, labels: ["rose", "violet"] });
    for (const { path, label } of result.photos) expect(label).toBe(path.includes("/rose/") ? 0 : undefined);
  });

  it("are what is left of them, with a warning; without any, drawn pictures that can be read", async () => {
    const { result: all } = await ask({ run });
    await unlink(all.photos[0]!.path);
    const { result: left, events } = await ask({ run });
    expect(left.photos).toEqual(all.photos.slice(1));
    expect(events).toMatchObject([{ type: "warning", code: "photos-missing" }]);
    await rm(lab.path("photos"), { recursive: true });
    const { result: drawn, events: warnings } = await ask({ run });
    expect(drawn.source).toBe("drawn");
    expect(drawn.photos).toHaveLength(50);
    expect(drawn.photos.every(({ label }) => label === undefined)).toBe(true);
    expect(
      await useFile(drawn.photos[0]!.path, { background: [0, 0, 0] }, ({ width }) => width),
    ).toHaveProperty("result");
    expect(warnings.at(-1)).toMatchObject({
      type: "warning",
      code: "photos-drawn",
      message: expect.stringContaining("DRAWN"),
    });
  });

  it("are all of another folder, whose classes have to be known", async () => {
    const others = await lab.photos("others", { perClass: 3, classes: ["rose", "daisy"] });
    const { result } = await ask({ data: others });
    expect(result.source).toBe("data");
    expect(result.photos.map(({ label }) => label)).toEqual([0, 0, 0, 1, 1, 1]);
    await expect(ask({ data: others, labels: ["daisy", "lily"] })).rejects.toMatchObject({
      subject: "data",
      message: expect.stringContaining("'rose'"),
    });
  });
});
