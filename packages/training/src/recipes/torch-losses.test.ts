// ResNet-18 and MobileNetV2 beside torchvision's: equal weights, batches and dropout masks, the losses of ten steps.
//
// In float64, and the float32 engine takes each step from the float64 weights before it, as in `keras-losses.test.ts`.
// Thin, for the interpreter, and at a small rate: at 0.005 fifty layers that normalise over so few values amplify
// float64's own rounding a billionfold in ten steps. `fixtures/torch-losses.json` holds PyTorch's losses. With
// FLEURON_PYTHON (a Python that has torch and torchvision) PyTorch runs again; with FLEURON_RECORD_TORCH=1 as well, the
// fixture is written anew.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ReferenceTensor, referenceTensor } from "@fleuron/graph";
import { encodeSafetensors, networks, type SafetensorsEntryWithData } from "@fleuron/model";
import { drawnBatch } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Batch } from "../engine/engine.js";
import { referenceStep } from "../fixtures/reference-step.js";
import { OnnxEngine } from "../onnx/onnx-engine.js";
import { initialState, isSlot, type NamedTensor, stateTensors } from "../state.js";
import { recipes } from "./index.js";
import type { LayeredPlan } from "./resolve.js";

const [classes, imageSize, batchSize, steps] = [3, 33, 3, 10];
const [width, learningRate, momentum] = [0.1, 0.001, 0.9];

const initialisation = { ...recipes.modern.initialisation, conv2dKernel: { type: "heNormal" } } as const;

const lossesSchema = v.strictObject({
  versions: v.record(v.string(), v.string()),
  losses: v.pipe(v.array(v.number()), v.length(steps)),
});
const fixtureFile = new URL("./fixtures/torch-losses.json", import.meta.url);
const python = process.env.FLEURON_PYTHON;
const recording = process.env.FLEURON_RECORD_TORCH === "1";

type Name = "resnet18" | "mobilenet-v2";

function planOf(name: Name): LayeredPlan {
  const network = networks[name]({ classes, imageSize, width });
  const optimiser = { type: "sgd", momentum, nesterov: false, weightDecay: 0, clipNorm: null } as const;
  return { network, optimiser, precision: "float32", batchSize };
}

/** The mask of MobileNetV2's dropout, which keeps 4 of 5 units. */
function dropoutMasks({ network }: LayeredPlan): Batch["dropoutMasks"] {
  if (network.name === "resnet18") return {};
  const units = network.layers.find(({ id }) => id === "topConv") as { readonly filters: number };
  const mask = Float32Array.from({ length: batchSize * units.filters }, (_, at) => (at % 5 === 2 ? 0 : 1.25));
  return { "dropout/mask": mask };
}

/** Our ten steps, and everything that another library needs to take the same ones. */
async function firstSteps(name: Name) {
  const plan = planOf(name);
  const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
  await using engine = new OnnxEngine(plan, { runtime: ort, threads: 1, description });
  const exchange: SafetensorsEntryWithData[] = [];
  const [losses, engineLosses]: [number[], number[]] = [[], []];
  let state: ReadonlyMap<string, ReferenceTensor> = new Map();
  for await (const tensor of initialState(plan, initialisation, 7)) {
    const { name, shape, data } = tensor;
    state = new Map([...state, [name, referenceTensor(shape, data)]]);
    if (!isSlot(tensor)) exchange.push({ name, dtype: "F32", shape, data });
  }
  for (let step = 0; step < steps; step++) {
    const { labels, ...drawn } = drawnBatch(plan.network, batchSize, step);
    const batch = { ...drawn, dropoutMasks: dropoutMasks(plan) };
    exchange.push(...stepTensors(step, batch, labels));
    await engine.write(float32(plan, state));
    engineLosses.push((await engine.step(batch, { learningRate })).loss);
    const { loss, next } = referenceStep(plan, state, batch, learningRate);
    losses.push(loss);
    state = next;
  }
  return { losses, engineLosses, exchange };
}

async function* float32(
  plan: LayeredPlan,
  state: ReadonlyMap<string, ReferenceTensor>,
): AsyncGenerator<NamedTensor> {
  for (const { name, shape } of stateTensors(plan)) {
    yield { name, shape, data: Float32Array.from(state.get(name)!.data) };
  }
}

function stepTensors(
  step: number,
  { images, dropoutMasks }: Pick<Batch, "images" | "dropoutMasks">,
  labels: readonly number[],
): SafetensorsEntryWithData[] {
  const tensor = (name: string, data: Float32Array, ...rest: number[]): SafetensorsEntryWithData => ({
    name: `${step}/${name}`,
    dtype: "F32",
    shape: [batchSize, ...rest],
    data,
  });
  const mask = dropoutMasks["dropout/mask"];
  return [
    tensor("images", images, 3, imageSize, imageSize),
    tensor("labels", Float32Array.from(labels)),
    ...(mask ? [tensor("dropout", mask, mask.length / batchSize)] : []),
  ];
}

describe.each(["resnet18", "mobilenet-v2"] as const)("%s", (name) => {
  const within = (losses: readonly number[], tolerance: number) =>
    losses.map((loss) => expect.closeTo(loss, -Math.log10(2 * tolerance)));

  it("has the first ten losses that PyTorch had, and the float32 engine as well", async () => {
    const { losses, engineLosses, exchange } = await firstSteps(name);
    if (python) {
      const torch = await askTorch(name, exchange);
      expect(losses).toEqual(within(torch.losses, 1e-6));
      if (recording) record(name, torch);
    }
    const fixture = v.parse(
      v.record(v.string(), lossesSchema),
      JSON.parse(readFileSync(fixtureFile, "utf8")),
    );
    expect(losses).toEqual(within(fixture[name]!.losses, 1e-6));
    expect(engineLosses).toEqual(within(losses, 1e-4));
  }, 300_000);
});

async function askTorch(name: Name, exchange: readonly SafetensorsEntryWithData[]) {
  const folder = mkdtempSync(join(tmpdir(), "fleuron-torch-"));
  try {
    const file = join(folder, "exchange.safetensors");
    const metadata = {
      network: name,
      width: String(width),
      momentum: String(momentum),
      learningRate: String(learningRate),
    };
    writeFileSync(file, encodeSafetensors(exchange, metadata));
    const script = fileURLToPath(new URL("../../scripts/torch-losses.py", import.meta.url));
    const { stdout } = await promisify(execFile)(python ?? "", [script, file]);
    return v.parse(lossesSchema, JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function record(name: Name, torch: v.InferOutput<typeof lossesSchema>): void {
  const written = JSON.parse(readFileSync(fixtureFile, "utf8"));
  writeFileSync(fixtureFile, `${JSON.stringify({ ...written, [name]: torch }, null, 2)}\n`);
}
