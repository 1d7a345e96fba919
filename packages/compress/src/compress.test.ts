// A run that is compressed, on the built packages.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureBundle, writeBundle } from "@fleuron/export/node";
import { classifierGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import type { Network } from "@fleuron/model";
import { openRunFolder } from "@fleuron/run-folder";
import { drawFlower, drawnWeights, encodeJpeg, follow, tinyNetwork } from "@fleuron/testing";
import { evaluate, labelledPhotos, resume, train, trainedRun } from "@fleuron/trainer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fourBits, wireBytes } from "../dist/bytes/wire-bytes.js";
import { multiplicationsOf } from "../dist/cut/costs.js";
import { fewestUnits } from "../dist/cut/fewest-units.js";
import { withUnits } from "../dist/cut/with-units.js";
import { type CompressOptions, compress } from "../dist/index.js";

let folder: string;
const path = (...parts: readonly string[]) => join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-compress-"));
  process.env.FLEURON_CACHE = path("cache");
  for (const [label, name] of ["daisy", "rose"].entries()) {
    await mkdir(path("photos", name), { recursive: true });
    for (let seed = 0; seed < 20; seed++)
      await writeFile(
        path("photos", name, `${seed}.jpg`),
        await encodeJpeg(drawFlower({ label, seed, width: 80, height: 64 })),
      );
  }
  const small = { recipe: "quick", width: 0.05, imageSize: 67, batchSize: 8, epochs: 2, threads: 1 } as const;
  await follow(
    train({ ...small, engine: "onnx-cpu", data: path("photos"), out: path("whole"), skipReport: true }),
  );
  const record = JSON.parse(await readFile(path("whole", "run.json"), "utf8"));
  const bundle = { epochs: 2, photos: 10, cpu: "some processor", files: [] };
  await writeFile(path("whole", "run.json"), JSON.stringify({ ...record, bundle }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const asked = (out: string, more: Partial<CompressOptions> = {}): CompressOptions => ({
  run: path("whole"),
  out: path(out),
  epochs: 2,
  threads: 1,
  ...more,
});
const weightsOf = (run: string) => readFile(path(run, "best.safetensors"));

describe("a run of two classes", () => {
  it("becomes one that is smaller in every figure, and is evaluated as any other", async () => {
    const { result, events } = await follow(compress(asked("small", { targetBytes: 20_000 })));
    const { record } = await openRunFolder(path("small"));
    expect(record.bundle, "the figures of the whole network's bundle").toBeUndefined();
    const { steps, kernelBits } = record.compression!;
    expect(steps).toEqual(result.steps);
    expect(steps.map(({ step }) => step)).toEqual(["trained", "cut", "fine-tuned", "rounded"]);
    expect(steps.at(-1)!.bytes).toBeLessThanOrEqual(20_000);
    expect(steps.at(-1)!.parameters).toBeLessThan(steps[0]!.parameters / 2);
    expect(Object.keys(kernelBits)).toHaveLength(8);
    const { result: evaluation } = await follow(evaluate({ run: path("small"), threads: 1 }));
    expect(evaluation.accuracy).toBe(steps.at(-2)!.valAccuracy);
    for (const name of ["daisy", "rose"]) {
      await mkdir(path("renamed", name), { recursive: true });
      for (let seed = 0; seed < 20; seed++)
        await copyFile(path("photos", name, `${seed}.jpg`), path("renamed", name, `again-${seed}.jpg`));
    }
    const renamed = { data: path("renamed"), threads: 1 };
    const source = await follow(evaluate({ run: path("whole"), ...renamed }));
    const seen = await follow(evaluate({ run: path("small"), ...renamed }));
    expect(source.result.learntFrom).toBeGreaterThan(20);
    expect(seen.result.learntFrom).toBe(source.result.learntFrom);
    const whole = await trainedRun({ run: path("whole") });
    const small = await trainedRun({ run: path("small") });
    const network = whole.network as Network;
    const left = multiplicationsOf(small.network as Network);
    // Seven in ten are those of layers as narrow as they may become, and a quarter of the others stay in any case.
    expect(left).toBeLessThan(multiplicationsOf(network) * 0.8);
    expect(left).toBeGreaterThan(multiplicationsOf(withUnits(network, fewestUnits(network))));
    expect(events).toContainEqual(expect.objectContaining({ type: "warning", code: "photos-too-few" }));
  });

  it("has the file of few bits that was measured, with statistics of its own", async () => {
    const { compression } = (await openRunFolder(path("small"))).record;
    const { folder: run, training, ...model } = await trainedRun({ run: path("small") });
    const rounded = compression!.steps.at(-1)!;
    expect(model.compactValAccuracy).toBe(rounded.valAccuracy);
    expect(model.compactWeights!.get("batchNorm1/movingMean")).not.toEqual(
      model.weights.get("batchNorm1/movingMean"),
    );
    const bundle = { folder: path("bundle"), format: "onnx", precisions: ["compact"] } as const;
    await follow(writeBundle({ model, training, ...bundle }));
    const { result: held } = await follow(labelledPhotos({ run, labels: model.labels }));
    const photos = held.photos.map(({ path, label }) => ({ path, label: label! }));
    const { result: figures } = await follow(measureBundle({ bundle: path("bundle"), photos, threads: 1 }));
    expect(figures.files[0]!.accuracy).toBe(rounded.valAccuracy);
  });

  it("is cut by nothing where it fits as it is, and a warning says so", async () => {
    const { result, events } = await follow(compress(asked("wide", { targetBytes: 200_000, epochs: 1 })));
    const { steps } = result;
    expect(steps.map(({ step }) => step)).toEqual(["trained", "fine-tuned", "rounded"]);
    expect(steps.at(-1)!.parameters).toBe(steps[0]!.parameters);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "warning",
        code: "nothing-to-cut",
        message: expect.stringContaining("200 KB"),
      }),
    );
  });

  it("is cut by a drop too where it cannot become as narrow as the first cut would have it", async () => {
    const run = path("narrow");
    const narrow = {
      recipe: "quick",
      network: "resnet18",
      width: 0.1,
      imageSize: 32,
      batchSize: 8,
      epochs: 1,
    } as const;
    const training = { ...narrow, engine: "onnx-cpu", threads: 1, data: path("photos"), out: run } as const;
    await follow(train({ ...training, skipReport: true }));
    const { weights, ...trained } = await trainedRun({ run });
    const network = trained.network as Network;
    const bits = fourBits({ network, weights });
    const narrowest = withUnits(network, fewestUnits(network));
    expect(wireBytes(narrowest, bits)).toBeGreaterThan(0.3 * wireBytes(network, bits));
    const { result } = await follow(compress(asked("dropped", { run, maxDrop: 100, epochs: 1 })));
    expect(result.steps.map(({ step }) => step)).toContain("cut");
  });

  it("comes to the same weights where the search was stopped and goes on", async () => {
    const stop = new AbortController();
    const options = asked("again", { targetBytes: 20_000 });
    const stopped = follow(compress({ ...options, signal: stop.signal }), (event) => {
      if (event.type === "progress" && event.task.startsWith("fine-tuning") && event.completed >= 40)
        stop.abort(new Error("enough"));
    });
    await expect(stopped).rejects.toThrow("enough");
    await expect(follow(compress({ ...options, targetBytes: 19_000 }))).rejects.toMatchObject({
      code: "search-differs",
      subject: "out",
      message: expect.stringMatching(/given other options: `run` .*, `targetBytes` 20000, `epochs` /),
    });
    await follow(compress(options));
    const [again, once] = [await weightsOf("again"), await weightsOf("small")];
    const tensors = (file: Buffer) => file.subarray(8 + Number(file.readBigUInt64LE(0)));
    expect(tensors(again).equals(tensors(once))).toBe(true);
  });

  it("keeps its bits where it learns more, and nothing that was measured before", async () => {
    await follow(resume({ run: path("small"), epochs: 3, threads: 1, skipReport: true }));
    const more = await trainedRun({ run: path("small"), checkpoint: "last" });
    expect(more.kernelBits!.size).toBe(8);
    expect(more.compactWeights).toBeUndefined();
    expect(more.compactValAccuracy).toBeUndefined();
  });
});

describe("is refused in one message:", () => {
  it.each<readonly [string, Partial<CompressOptions>, object]>([
    [
      "bytes that no network of its kind fits into",
      { targetBytes: 4000 },
      { code: "budget-unreachable", hint: expect.stringMatching(/Ask for \d+ bytes or more/) },
    ],
    [
      "a drop that so few photos cannot show",
      { maxDrop: 0.5 },
      { code: "photos-too-few", message: expect.stringMatching(/0\.5 points .* on \d photos/) },
    ],
    [
      "both ends of a search",
      { maxDrop: 1, targetBytes: 20_000 },
      { code: "option-invalid", subject: "maxDrop" },
    ],
    ["a drop of more than everything", { maxDrop: 101 }, { code: "option-invalid", subject: "maxDrop" }],
    ["a folder that is taken", { out: "whole" }, { code: "run-folder-exists" }],
  ])("%s", async (_, { out = "refused", ...more }, error) => {
    await expect(follow(compress(asked(out, more)))).rejects.toMatchObject(error);
    expect(await readdir(folder)).not.toContain(`${out}.search`);
  });

  it("a run of a network file", async () => {
    const file = path("petals.onnx");
    const petals: Network = { ...tinyNetwork(2), input: { channels: 3, height: 40, width: 40 } };
    await writeFile(file, toOnnx(classifierGraph(petals), { values: drawnWeights(petals) }));
    const given = {
      network: file,
      preprocessing: "0..1",
      recipe: "fine-tune",
      epochs: 1,
      threads: 1,
    } as const;
    await follow(
      train({ ...given, engine: "onnx-cpu", data: path("photos"), out: path("graph"), skipReport: true }),
    );
    await expect(follow(compress(asked("refused", { run: path("graph") })))).rejects.toMatchObject({
      code: "network-unsuitable",
      subject: "run",
    });
  });

  it("a run that was compressed already", async () => {
    await expect(follow(compress(asked("refused", { run: path("small") })))).rejects.toMatchObject({
      code: "run-compressed",
      message: expect.stringContaining(path("whole")),
    });
  });
});
