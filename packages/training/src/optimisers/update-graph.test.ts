import { interpret, referenceTensor } from "@fleuron/graph";
import { alexnet } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { adamw } from "../fixtures/reference-step.js";
import type { TrainingPlan } from "../plan.js";
import { isSlot, learningParameters, stateTensors } from "../state.js";
import type { AdamwOptions } from "./adamw.js";
import type { SgdOptions } from "./sgd.js";
import { updateGraph } from "./update-graph.js";

const plan = (
  optimiser: Partial<SgdOptions>,
  trainable = ["dense3/kernel", "dense3/bias"],
): TrainingPlan => ({
  network: alexnet({ classes: 2, imageSize: 67, width: 0.03 }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null, ...optimiser },
  precision: "float32",
  batchSize: 4,
  trainable,
});

const learningRate = 0.1;
/** Weight, velocity and gradient of every element. */
const [w, v, g] = [2, 0.5, -3];

/** One step in float64; the new weight and velocity of a kernel's and a bias' first element. */
function step(optimiser: Partial<SgdOptions>, more: Partial<TrainingPlan> = {}) {
  const chosen = { ...plan(optimiser), ...more };
  const filled = (shape: readonly number[], value: number) => {
    const tensor = referenceTensor(shape);
    tensor.data.fill(value);
    return tensor;
  };
  const feeds = learningParameters(chosen).flatMap(({ name, shape }) => [
    [`weights/${name}`, filled(shape, w)],
    [`slots/momentum/${name}`, filled(shape, v)],
    [`gradient/${name}`, filled(shape, g)],
  ]);
  const { updates } = interpret(updateGraph(chosen), {
    ...Object.fromEntries(feeds),
    learningRate: referenceTensor([], [learningRate]),
  });
  const of = (name: string) => ({
    weight: updates.get(`weights/${name}`)!.data[0],
    velocity: updates.get(`slots/momentum/${name}`)!.data[0],
  });
  return { kernel: of("dense3/kernel"), bias: of("dense3/bias"), names: [...updates.keys()] };
}

describe("sgd", () => {
  it("is w − lr·g without momentum", () => {
    expect(step({ momentum: 0 }).kernel.weight).toBeCloseTo(w - learningRate * g, 6);
  });

  it("has Keras' momentum: v ← m·v − lr·g, w ← w + v", () => {
    const velocity = 0.9 * v - learningRate * g;
    const { kernel, bias } = step({});
    for (const { weight, velocity: moved } of [kernel, bias]) {
      expect(moved).toBeCloseTo(velocity, 6);
      expect(weight).toBeCloseTo(w + velocity, 6);
    }
  });

  it("has Keras' Nesterov momentum: w ← w + m·v − lr·g with the new v", () => {
    const velocity = 0.9 * v - learningRate * g;
    const { kernel } = step({ nesterov: true });
    expect(kernel.velocity).toBeCloseTo(velocity, 6);
    expect(kernel.weight).toBeCloseTo(w + 0.9 * velocity - learningRate * g, 6);
  });

  it("adds λ·w to the gradient of kernels, and of kernels alone", () => {
    const { kernel, bias } = step({ weightDecay: 0.25 });
    expect(kernel.velocity).toBeCloseTo(0.9 * v - learningRate * (g + 0.25 * w), 6);
    expect(bias.velocity).toBeCloseTo(0.9 * v - learningRate * g, 6);
  });

  it("scales all gradients to the limit of their common norm before it decays", () => {
    const elements = learningParameters(plan({})).reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );
    const clipped = g / (Math.abs(g) * Math.sqrt(elements));
    const { kernel, bias } = step({ clipNorm: 1, weightDecay: 0.25 });
    expect(kernel.velocity).toBeCloseTo(0.9 * v - learningRate * (clipped + 0.25 * w), 6);
    expect(bias.velocity).toBeCloseTo(0.9 * v - learningRate * clipped, 6);
  });

  it("moves what is not the head's by a share of the rate, decay included", () => {
    const options = { momentum: 0, weightDecay: 0.25 };
    const { kernel, bias } = step(options, { bodyRate: { factor: 0.1, head: ["dense3/bias"] } });
    expect(kernel.weight).toBeCloseTo(w - 0.1 * learningRate * (g + 0.25 * w), 6);
    expect(bias.weight).toBeCloseTo(w - learningRate * g, 6);
  });

  it("leaves gradients below the limit as they are", () => {
    expect(step({ clipNorm: 1e4 }).kernel).toEqual(step({}).kernel);
  });

  it("updates the parameters that the plan trains, and no others", () => {
    expect(step({}).names.sort()).toEqual([
      "slots/momentum/dense3/bias",
      "slots/momentum/dense3/kernel",
      "weights/dense3/bias",
      "weights/dense3/kernel",
    ]);
  });
});

describe("adamw", () => {
  /** Three steps in float64 on gradients g, 2g and −g; what a kernel's and a bias' first element become. */
  function steps(options: Partial<AdamwOptions>) {
    const chosen = { ...plan({}), optimiser: { ...adamw, clipNorm: null, ...options } };
    let state = new Map(
      stateTensors(chosen).map(({ name, shape }) => {
        const tensor = referenceTensor(shape);
        if (!isSlot({ name })) tensor.data.fill(w);
        return [name, tensor];
      }),
    );
    for (const factor of [1, 2, -1]) {
      const gradients = learningParameters(chosen).map(({ name, shape }) => {
        const tensor = referenceTensor(shape);
        tensor.data.fill(factor * g);
        return [`gradient/${name}`, tensor] as const;
      });
      const graph = updateGraph(chosen);
      const feeds = [...graph.variables.map(({ name }) => [name, state.get(name)!] as const), ...gradients];
      const { updates } = interpret(graph, {
        ...Object.fromEntries(feeds),
        learningRate: referenceTensor([], [learningRate]),
      });
      state = new Map([...state, ...updates]);
    }
    const first = (name: string) => state.get(`weights/dense3/${name}`)!.data[0];
    return { kernel: first("kernel"), bias: first("bias") };
  }

  /** The paper's algorithm, written down once more with powers of β. */
  function expected(decay: number, factors = [1, 2, -1]) {
    const { beta1, beta2, epsilon } = adamw;
    let [weight, mean, square] = [w, 0, 0];
    for (const [index, factor] of factors.entries()) {
      const t = index + 1;
      const gradient = factor * g;
      mean = beta1 * mean + (1 - beta1) * gradient;
      square = beta2 * square + (1 - beta2) * gradient ** 2;
      const [m, v] = [mean / (1 - beta1 ** t), square / (1 - beta2 ** t)];
      weight -= learningRate * (m / (Math.sqrt(v) + epsilon) + decay * weight);
    }
    return weight;
  }

  it("is the paper's algorithm, and decays kernels alone", () => {
    const { kernel, bias } = steps({});
    expect(kernel).toBeCloseTo(expected(adamw.weightDecay), 9);
    expect(bias).toBeCloseTo(expected(0), 9);
  });

  it("clips all gradients to one norm, to which its steps are blind where ε is small", () => {
    const { bias } = steps({ clipNorm: 1e-3, epsilon: 1e-12 });
    expect(bias).toBeCloseTo(expected(0, [1, 1, -1]), 6);
  });
});

it.each([{ clipNorm: 1 }, { clipNorm: null }])(
  "updates nothing where nothing learns, with %j",
  (optimiser) => {
    expect(updateGraph(plan(optimiser, [])).updates).toEqual([]);
  },
);
