// The notebook's two recipes beside Keras: equal weights, equal batches and dropout masks, ten losses.
//
// `fixtures/keras-losses.json` holds Keras' losses. With FLEURON_PYTHON (a Python that has keras and tensorflow)
// Keras runs again; with FLEURON_RECORD_KERAS=1 as well, the fixture is written anew.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { encodeSafetensors, type SafetensorsEntryWithData } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BatchMaker } from "../data/batch-maker.js";
import type { Batch } from "../engine/engine.js";
import { OnnxEngine } from "../onnx/onnx-engine.js";
import { learningRateAt } from "../schedules/index.js";
import { initialState } from "../state.js";
import { recipes } from "./index.js";
import { batchSettingsOf, planOf, preprocessingOf } from "./resolve.js";

/** At 99 pixels the last feature map is 2×2, so that a wrong order of flattening would show. */
const options = { classes: 5, network: "alexnet", imageSize: 99, width: 0.08 } as const;
const steps = 10;
const seed = 7;
const tolerance = 1e-3;
const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };

const lossesSchema = v.strictObject({
  versions: v.record(v.string(), v.string()),
  losses: v.pipe(v.array(v.number()), v.length(steps)),
});
const fixtureFile = new URL("./fixtures/keras-losses.json", import.meta.url);
const python = process.env.FLEURON_PYTHON;
const recording = process.env.FLEURON_RECORD_KERAS === "1";

type NotebookRecipe = "notebook" | "notebook-complete";

/** Our ten steps, and everything that another library needs to take the same ones. */
async function firstSteps(name: NotebookRecipe) {
  const recipe = recipes[name];
  const plan = planOf(recipe, options);
  const labels = Array.from({ length: steps * recipe.batchSize }, (_, photo) => photo % options.classes);
  const settings = batchSettingsOf(recipe, {
    network: plan.network,
    classes: options.classes,
    seed,
    preprocessing: preprocessingOf(recipe, options.imageSize),
  });
  const photos = labels.map((label, photo) => drawFlower({ label, seed: photo, width: 120, height: 100 }));
  const maker = new BatchMaker(settings, { labels, read: async (index) => photos[index] });

  await using engine = new OnnxEngine(plan, { runtime: ort, threads: 1, description });
  await engine.write(initialState(plan, recipe.initialisation, seed));
  const exchange: SafetensorsEntryWithData[] = [];
  for await (const { name, shape, data } of engine.read())
    exchange.push({ name, dtype: "F32", shape, data: data.slice() });
  const losses: number[] = [];
  for (let iteration = 0; iteration < steps; iteration++) {
    const batch = await maker.training(0, iteration);
    exchange.push(...stepTensors(iteration, batch));
    const moment = { iteration, stepsPerEpoch: steps, epochs: recipe.epochs };
    const learningRate = learningRateAt(recipe.schedule, moment);
    losses.push((await engine.step(batch, { learningRate })).loss);
  }
  return { losses, exchange };
}

function stepTensors(step: number, { size, images, targets, noise }: Batch): SafetensorsEntryWithData[] {
  const tensor = (name: string, data: Float32Array, ...rest: number[]): SafetensorsEntryWithData => ({
    name: `${step}/${name}`,
    dtype: "F32",
    shape: [size, ...rest],
    data,
  });
  const labels = Float32Array.from({ length: size }, (_, photo) =>
    targets.subarray(photo * options.classes, (photo + 1) * options.classes).indexOf(1),
  );
  return [
    tensor("images", images, 3, options.imageSize, options.imageSize),
    tensor("labels", labels),
    ...["dropout1", "dropout2"].map((layer) => {
      const mask = noise[`${layer}/noise`];
      return tensor(layer, mask, mask.length / size);
    }),
  ];
}

describe.each(["notebook", "notebook-complete"] as const)("recipe %s", (name) => {
  let folder: string;
  let ours: Awaited<ReturnType<typeof firstSteps>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fleuron-keras-"));
    ours = await firstSteps(name);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const closeTo = (losses: readonly number[]) =>
    losses.map((loss) => expect.closeTo(loss, -Math.log10(2 * tolerance)));

  it.skipIf(recording)("starts with the ten losses that Keras recorded", () => {
    const fixture = v.parse(v.record(v.string(), lossesSchema), JSON.parse(readFileSync(fixtureFile, "utf8")));
    expect(ours.losses).toEqual(closeTo(fixture[name].losses));
  });

  it.skipIf(!python)(
    `starts with the ten losses of the Keras here${python ? "" : " (skipped: FLEURON_PYTHON is not set)"}`,
    async () => {
      const file = join(folder, "exchange.safetensors");
      const { optimiser, schedule } = recipes[name];
      const metadata = {
        momentum: String(optimiser.momentum),
        learningRate: String(schedule.learningRate),
        decay: String(schedule.type === "inverseTime" ? schedule.decay : Number.NaN),
      };
      writeFileSync(file, encodeSafetensors(ours.exchange, metadata));
      const script = fileURLToPath(new URL("../../scripts/keras-losses.py", import.meta.url));
      const { stdout } = await promisify(execFile)(python ?? "", [script, file]);
      const keras = v.parse(lossesSchema, JSON.parse(stdout));
      expect(ours.losses).toEqual(closeTo(keras.losses));
      if (recording) record(name, keras);
    },
    120_000,
  );
});

function record(name: NotebookRecipe, keras: v.InferOutput<typeof lossesSchema>): void {
  const written = JSON.parse(readFileSync(fixtureFile, "utf8"));
  writeFileSync(fixtureFile, `${JSON.stringify({ ...written, [name]: keras }, null, 2)}\n`);
}
