import { describe, expect, it } from "vitest";
import { relativeError } from "../fixtures/case-graph.js";
import { momentumUpdate, velocityName } from "../fixtures/momentum-update.js";
import { networkFeeds } from "../fixtures/network-feeds.js";
import { openSavedModel, tfjsNodePlace, whySkipped } from "../fixtures/run-tensorflow.js";
import { decay, learning, network, outputs, signatures, training } from "../fixtures/training-signatures.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { gradientName } from "../loss-and-gradients.js";
import { readSignature, toSavedModel, writeSignature } from "./saved-model.js";

const feeds = networkFeeds(network, training, { batch: 6 });
const inputs: Record<string, ReferenceTensor> = { learningRate: referenceTensor([], [0.05]) };
for (const { name } of training.inputs) inputs[name] = feeds[name]!;
const velocities = Object.fromEntries(
  learning.map((name) => [
    velocityName(name),
    referenceTensor(
      feeds[name]!.shape,
      Float32Array.from(feeds[name]!.data, (value) => value / 3),
    ),
  ]),
);
const state: Record<string, ReferenceTensor> = { ...velocities };
for (const { name } of training.variables) state[name] = feeds[name]!;

type Model = Awaited<ReturnType<typeof openSavedModel>>;

async function write(model: Model) {
  for (const [name, value] of Object.entries(state)) await model.run(writeSignature(name), { value });
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== name));

describe.skipIf(!tfjsNodePlace)(`a training step in TensorFlow${whySkipped}`, () => {
  it("returns a variable as it was written", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    await write(model);
    for (const [name, expected] of Object.entries(state)) {
      const { shape, data } = (await model.run(readSignature(name))).get("value")!;
      expect(shape, name).toEqual(expected.shape);
      expect(data, name).toEqual(expected.data);
    }
  });

  it("has the interpreter's loss, count, gradients and statistics", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    await write(model);
    const actual = await model.run("gradients", without("learningRate"));
    const expected = interpret(training, feeds);
    expect([...actual.keys()].sort()).toEqual([...expected.outputs.keys()].sort());
    for (const [name, { shape, data }] of expected.outputs) {
      expect(actual.get(name)?.shape, name).toEqual(shape);
      expect(relativeError(actual.get(name)!.data, data), name).toBeLessThan(1e-4);
    }
    for (const [name, { data }] of expected.updates) {
      const moved = (await model.run(readSignature(name))).get("value")!;
      expect(relativeError(moved.data, data), name).toBeLessThan(1e-5);
    }
  });

  const variants: readonly [string, { nesterov?: boolean; decayed?: boolean }][] = [
    ["step", {}],
    ["plainStep", {}],
    ["nesterovStep", { nesterov: true }],
    ["decayedStep", { decayed: true }],
  ];
  it.each(variants)(
    "updates as the interpreter does in %s",
    async (signature, { nesterov = false, decayed = false }) => {
      await using model = await openSavedModel(toSavedModel({ signatures }));
      await write(model);
      const { outputs: computed, updates: statistics } = interpret(training, feeds);
      const gradients = decayed
        ? interpret(decay, { ...state, ...Object.fromEntries(computed) }).outputs
        : computed;
      const expected = interpret(momentumUpdate(training, 0.9, { nesterov }), {
        ...inputs,
        ...state,
        ...Object.fromEntries(gradients),
      });
      const result = await model.run(signature, inputs);
      expect([...result.keys()].sort()).toEqual([...outputs].sort());
      for (const [name, { data }] of [...expected.updates, ...statistics]) {
        const moved = (await model.run(readSignature(name))).get("value")!;
        expect(relativeError(moved.data, data), name).toBeLessThan(1e-5);
      }
    },
  );

  it("does in two runs, gradients and then the update, what a step does in one", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    await write(model);
    const gradients = await model.run("gradients", without("learningRate"));
    for (const name of outputs) gradients.delete(name);
    await model.run("apply", { ...Object.fromEntries(gradients), learningRate: inputs.learningRate! });
    const apart = (await model.run(readSignature("conv2/kernel"))).get("value")!;
    await write(model);
    await model.run("plainStep", inputs);
    const together = (await model.run(readSignature("conv2/kernel"))).get("value")!;
    expect(relativeError(apart.data, together.data)).toBeLessThan(1e-6);
  });

  it("gives the same losses in 20 runs of two steps from one state", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    const losses: [number, number][] = [];
    for (let run = 0; run < 20; run++) {
      await write(model);
      const first = await model.run("step", inputs);
      const second = await model.run("step", inputs);
      losses.push([first.get("loss")!.data[0]!, second.get("loss")!.data[0]!]);
    }
    const [first, second] = losses[0]!;
    expect(second).not.toBeCloseTo(first, 2);
    for (const pair of losses) {
      expect(Math.abs(pair[0] / first - 1)).toBeLessThan(1e-5);
      expect(Math.abs(pair[1] / second - 1)).toBeLessThan(1e-5);
    }
  });

  it("keeps what was written when the memory that it came from is used for something else", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    const { shape, data } = state["dense2/kernel"]!;
    // TensorFlow takes memory over as it is where its address is a multiple of 64: one of these is.
    for (let offset = 0; offset < 64; offset += 4) {
      const handedOver = new Float32Array(new ArrayBuffer(1024), offset, data.length);
      handedOver.set(data);
      await model.run(writeSignature("dense2/kernel"), { value: { shape, data: handedOver } });
      handedOver.fill(0);
      expect((await model.run(readSignature("dense2/kernel"))).get("value")!.data).toEqual(data);
    }
  });

  it("leaves no tensor behind", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    await write(model);
    const before = model.tensors();
    await model.run("step", inputs);
    expect(model.tensors()).toBe(before);
  });

  it("computes in bfloat16 what it computes in float32, to bfloat16's three digits", async () => {
    const gradients = { ...signatures.gradients, mixed: { keepFloat32: ["dense2"] } };
    await using model = await openSavedModel(toSavedModel({ signatures: { ...signatures, gradients } }));
    await write(model);
    const actual = await model.run("gradients", without("learningRate"));
    const expected = interpret(training, feeds).outputs;
    expect(relativeError(actual.get("loss")!.data, expected.get("loss")!.data)).toBeLessThan(0.01);
    const all = (of: ReadonlyMap<string, ReferenceTensor>) =>
      learning.flatMap((name) => [...of.get(gradientName(name))!.data]);
    const error = relativeError(all(actual), all(expected));
    expect(error).toBeLessThan(0.05);
    expect(error).toBeGreaterThan(1e-4);
  });
});
