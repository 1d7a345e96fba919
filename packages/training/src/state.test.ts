import { alexnet, type Initialisation } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import type { TrainingPlan } from "./plan.js";
import { recipes } from "./recipes/index.js";
import { planOf } from "./recipes/resolve.js";
import { initialState, type NamedTensor, stateTensors } from "./state.js";

const plan: TrainingPlan = {
  network: alexnet({ classes: 3, imageSize: 67, width: 0.1 }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize: 4,
};

async function drawn(initialisation: Initialisation, seed = 0, of = plan) {
  const tensors = new Map<string, NamedTensor>();
  for await (const tensor of initialState(of, initialisation, seed)) tensors.set(tensor.name, tensor);
  return tensors;
}

const deviation = ({ data }: NamedTensor) =>
  Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);

describe("stateTensors", () => {
  it("lists weights, then statistics, then a slot for each weight", () => {
    const names = stateTensors(plan).map(({ name }) => name);
    const kinds = names.map((name) => name.split("/")[0]);
    expect(kinds.join()).toMatch(/^(weights,)+(statistics,)+(slots,?)+$/);
    const weights = names.filter((name) => name.startsWith("weights/"));
    expect(names.filter((name) => name.startsWith("slots/"))).toEqual(
      weights.map((name) => name.replace("weights/", "slots/momentum/")),
    );
    expect(names.filter((name) => name.startsWith("statistics/"))).toContain(
      "statistics/batchNorm5/movingVariance",
    );
  });

  it("has slots only for what learns", () => {
    const names = stateTensors({ ...plan, trainable: ["dense3/bias"] }).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("slots/"))).toEqual(["slots/momentum/dense3/bias"]);
    expect(names).toContain("weights/conv1/kernel");
  });
});

describe("initialState", () => {
  it("gives each tensor of the state once, in its shape", async () => {
    const tensors = await drawn(recipes.notebook.initialisation);
    const wanted = stateTensors(plan);
    expect([...tensors.keys()].sort()).toEqual(wanted.map(({ name }) => name).sort());
    for (const { name, shape } of wanted) {
      const { shape: given, data } = tensors.get(name)!;
      expect(given).toEqual(shape);
      expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
    }
  });

  it("starts statistics as the identity and slots at zero", async () => {
    const tensors = await drawn(recipes.modern.initialisation);
    const all = (name: string) => new Set(tensors.get(name)!.data);
    expect(all("statistics/batchNorm1/movingMean")).toEqual(new Set([0]));
    expect(all("statistics/batchNorm1/movingVariance")).toEqual(new Set([1]));
    expect(all("weights/batchNorm1/gamma")).toEqual(new Set([1]));
    expect(all("weights/batchNorm1/beta")).toEqual(new Set([0]));
    expect(all("slots/momentum/dense1/kernel")).toEqual(new Set([0]));
  });

  it("draws the recipes' distributions", async () => {
    const glorot = (await drawn(recipes.notebook.initialisation)).get("weights/dense1/kernel")!;
    const [inputs, outputs] = glorot.shape as readonly [number, number];
    expect(deviation(glorot)).toBeCloseTo(Math.sqrt(2 / (inputs + outputs)), 3);
    expect(Math.max(...glorot.data)).toBeLessThanOrEqual(Math.sqrt(6 / (inputs + outputs)));

    const complete = await drawn(recipes["notebook-complete"].initialisation);
    expect(deviation(complete.get("weights/dense1/kernel")!)).toBeCloseTo(0.01, 3);
    const ones = [...complete.keys()].filter(
      (name) => /bias$/.test(name) && complete.get(name)!.data[0] === 1,
    );
    expect(ones.filter((name) => name.startsWith("weights/"))).toEqual(
      ["conv2", "conv4", "conv5", "dense1", "dense2"].map((layer) => `weights/${layer}/bias`),
    );

    const modern = (await drawn(recipes.modern.initialisation)).get("weights/conv2/kernel")!;
    const fanIn = modern.shape[1]! * modern.shape[2]! * modern.shape[3]!;
    expect(deviation(modern) / Math.sqrt(2 / fanIn)).toBeCloseTo(1, 1);
  });

  it("repeats with a seed, and differs with another", async () => {
    const kernels = async (seed: number) => {
      const tensors = await drawn(recipes.modern.initialisation, seed);
      return ["conv2", "dense3"].map((layer) => [...tensors.get(`weights/${layer}/kernel`)!.data]);
    };
    const first = await kernels(1);
    expect(await kernels(1)).toEqual(first);
    for (const [index, other] of (await kernels(2)).entries()) expect(other).not.toEqual(first[index]);
  });

  it("starts the layers that two numbers of classes share alike", async () => {
    const options = { network: "alexnet", imageSize: 67, width: 0.05 } as const;
    const [two, five] = [2, 5].map((classes) => planOf(recipes.modern, { ...options, classes }));
    const { initialisation } = recipes.modern;
    const [a, b] = [await drawn(initialisation, 1, two), await drawn(initialisation, 1, five)];
    expect(a.get("weights/conv3/kernel")).toEqual(b.get("weights/conv3/kernel"));
  });
});
