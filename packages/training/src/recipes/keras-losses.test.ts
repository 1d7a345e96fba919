// The notebook's two recipes beside Keras: equal weights, batches and dropout masks, the losses of ten steps.
//
// In float64, for in float32 the comparison would prove nothing: where rounding decides which side of a ReLU or of
// a maximum a value falls, these recipes (photos that are not centred, Glorot weights, a rate of 0.01) amplify the
// difference ten- to thirtyfold a step, and weights that differ by 1e-6 give losses 0.1 apart after five steps.
// So Keras and our graphs take ten steps in float64, and the float32 engine takes each of them from the weights
// that the float64 graphs had before it.
//
// `fixtures/keras-losses.json` holds Keras' losses. With FLEURON_PYTHON (a Python that has keras and tensorflow)
// Keras runs again; with FLEURON_RECORD_KERAS=1 as well, the fixture is written anew.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  gradientName,
  interpret,
  type ReferenceTensor,
  referenceTensor,
  trainingGraph,
} from "@fleuron/graph";
import { encodeSafetensors, networkParameters, type SafetensorsEntryWithData } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BatchMaker } from "../data/batch-maker.js";
import type { Batch } from "../engine/engine.js";
import { OnnxEngine } from "../onnx/onnx-engine.js";
import { updateGraph } from "../optimisers/update-graph.js";
import { learningRateAt } from "../schedules/index.js";
import {
  initialState,
  learningParameters,
  type NamedTensor,
  parameterStateName,
  stateTensors,
} from "../state.js";
import { recipes } from "./index.js";
import type { LayeredPlan } from "./resolve.js";
import { adaptRecipe, batchSettingsOf, planOf, preprocessingOf } from "./resolve.js";

/** Small, for the interpreter; at 99 pixels the last feature map is 2×2, where a wrong order of flattening shows. */
const options = { classes: 5, network: "alexnet", imageSize: 99, width: 0.03, batchSize: 3 } as const;
const steps = 10;
const seed = 7;

const lossesSchema = v.strictObject({
  versions: v.record(v.string(), v.string()),
  losses: v.pipe(v.array(v.number()), v.length(steps)),
});
const fixtureFile = new URL("./fixtures/keras-losses.json", import.meta.url);
const python = process.env.FLEURON_PYTHON;
const recording = process.env.FLEURON_RECORD_KERAS === "1";

type NotebookRecipe = "notebook" | "notebook-complete";

type State = ReadonlyMap<string, ReferenceTensor>;

/** Our ten steps, and everything that another library needs to take the same ones. */
async function firstSteps(name: NotebookRecipe) {
  const recipe = adaptRecipe(recipes[name], options);
  const plan = planOf(recipe, options);
  const labels = Array.from({ length: steps * recipe.batchSize }, (_, photo) => photo % options.classes);
  const settings = batchSettingsOf(recipe, {
    network: plan.network,
    classes: options.classes,
    seed,
    preprocessing: preprocessingOf(recipe, options.imageSize),
  });
  const photos = labels.map((label, photo) => drawFlower({ label, seed: photo, width: 120, height: 100 }));
  const maker = new BatchMaker(settings, { labels, read: async (index) => photos[index]! });
  const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
  await using engine = new OnnxEngine(plan, { runtime: ort, threads: 1, description });

  const exchange: SafetensorsEntryWithData[] = [];
  const losses: number[] = [];
  const engineLosses: number[] = [];
  let state: State = new Map();
  for await (const { name, shape, data } of initialState(plan, recipe.initialisation, seed)) {
    exchange.push({ name, dtype: "F32", shape, data });
    state = new Map([...state, [name, referenceTensor(shape, data)]]);
  }
  for (let iteration = 0; iteration < steps; iteration++) {
    const batch = await maker.training(0, iteration);
    exchange.push(...stepTensors(iteration, batch));
    const moment = { iteration, stepsPerEpoch: steps, epochs: recipe.epochs };
    const learningRate = learningRateAt(recipe.schedule, moment);
    await engine.write(float32(plan, state));
    engineLosses.push((await engine.step(batch, { learningRate })).loss);
    const { loss, next } = float64Step(plan, state, batch, learningRate);
    losses.push(loss);
    state = next;
  }
  return { losses, engineLosses, exchange };
}

function float64Step(plan: LayeredPlan, state: State, batch: Batch, learningRate: number) {
  const tensor = (data: Float32Array, ...shape: number[]) => referenceTensor([batch.size, ...shape], data);
  const dropoutMasks = Object.entries(batch.dropoutMasks).map(([name, mask]) => [
    name,
    tensor(mask, mask.length / batch.size),
  ]);
  const { outputs } = interpret(trainingGraph(plan.network), {
    ...Object.fromEntries(
      networkParameters(plan.network).map((parameter) => [
        parameter.name,
        state.get(parameterStateName(parameter))!,
      ]),
    ),
    image: tensor(batch.images, 3, options.imageSize, options.imageSize),
    targets: tensor(batch.targets, options.classes),
    sampleWeights: tensor(batch.sampleWeights),
    normalizer: referenceTensor([], [batch.normalizer]),
    ...Object.fromEntries(dropoutMasks),
  });
  const gradients = learningParameters(plan).map(({ name }) => gradientName(name));
  const { updates } = interpret(updateGraph(plan), {
    ...Object.fromEntries(state),
    ...Object.fromEntries(gradients.map((name) => [name, outputs.get(name)!])),
    learningRate: referenceTensor([], [learningRate]),
  });
  return { loss: outputs.get("loss")!.data[0]!, next: new Map([...state, ...updates]) };
}

async function* float32(plan: LayeredPlan, state: State): AsyncGenerator<NamedTensor> {
  for (const { name, shape } of stateTensors(plan)) {
    yield { name, shape, data: Float32Array.from(state.get(name)!.data) };
  }
}

function stepTensors(
  step: number,
  { size, images, targets, dropoutMasks }: Batch,
): SafetensorsEntryWithData[] {
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
      const mask = dropoutMasks[`${layer}/mask`]!;
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
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const within = (losses: readonly number[], tolerance: number) =>
    losses.map((loss) => expect.closeTo(loss, -Math.log10(2 * tolerance)));

  it.skipIf(recording)("has the first ten losses that Keras had", () => {
    const fixture = v.parse(
      v.record(v.string(), lossesSchema),
      JSON.parse(readFileSync(fixtureFile, "utf8")),
    );
    expect(ours.losses).toEqual(within(fixture[name]!.losses, 1e-6));
  });

  it("has them on the float32 engine, too", () => {
    expect(ours.engineLosses).toEqual(within(ours.losses, 1e-4));
  });

  it.skipIf(!python)(
    `has the first ten losses of the Keras here${python ? "" : " (skipped: FLEURON_PYTHON is not set)"}`,
    async () => {
      const file = join(folder, "exchange.safetensors");
      const { optimiser, schedule } = recipes[name];
      if (optimiser.type !== "sgd") throw new Error("Keras' script trains with SGD");
      const metadata = {
        momentum: String(optimiser.momentum),
        learningRate: String(schedule.learningRate),
        decay: String(schedule.type === "inverseTime" ? schedule.decay : Number.NaN),
      };
      writeFileSync(file, encodeSafetensors(ours.exchange, metadata));
      const script = fileURLToPath(new URL("../../scripts/keras-losses.py", import.meta.url));
      const { stdout } = await promisify(execFile)(python ?? "", [script, file]);
      const keras = v.parse(lossesSchema, JSON.parse(stdout));
      expect(ours.losses).toEqual(within(keras.losses, 1e-6));
      if (recording) record(name, keras);
    },
    120_000,
  );
});

function record(name: NotebookRecipe, keras: v.InferOutput<typeof lossesSchema>): void {
  const written = JSON.parse(readFileSync(fixtureFile, "utf8"));
  writeFileSync(fixtureFile, `${JSON.stringify({ ...written, [name]: keras }, null, 2)}\n`);
}
