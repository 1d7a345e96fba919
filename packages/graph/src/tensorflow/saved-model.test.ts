import { fromBinary } from "@bufbuild/protobuf";
import { tinyNetwork } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { relativeError } from "../fixtures/case-graph.js";
import { momentumUpdate, velocityName } from "../fixtures/momentum-update.js";
import { networkFeeds } from "../fixtures/network-feeds.js";
import { openSavedModel, tfjsNodePlace } from "../fixtures/run-tensorflow.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { gradientName, inferenceGraph, trainingGraph } from "../network.js";
import { SavedModelSchema } from "./generated/saved_model_pb.js";
import { nodeOf } from "./node.js";
import { readSignature, toSavedModel, writeSignature } from "./saved-model.js";
import type { SavedModelSignature } from "./signature.js";

const network = tinyNetwork();
const training = trainingGraph(network);
const update = momentumUpdate(training, 0.9);
const learning = training.outputs
  .filter(({ name }) => name.startsWith("gradient/"))
  .map(({ name }) => name.slice("gradient/".length));
const outputs = ["loss", "correctCount"];
const fused: SavedModelSignature = {
  graphs: [training],
  outputs,
  momentum: {
    learningRate: "learningRate",
    momentum: 0.9,
    nesterov: false,
    parameters: learning.map((name) => ({
      variable: name,
      accumulator: velocityName(name),
      gradient: gradientName(name),
    })),
  },
};
const signatures = {
  step: fused,
  plainStep: { graphs: [training, update], outputs },
  gradients: { graphs: [training] },
  apply: { graphs: [update] },
  predict: { graphs: [inferenceGraph(network)] },
};

describe("a SavedModel", () => {
  const bytes = toSavedModel({ signatures });
  const [metaGraph] = fromBinary(SavedModelSchema, bytes).metaGraphs;
  const nodes = new Map(metaGraph.graphDef!.node.map((node) => [node.name, node]));
  const inputsOf = (name: string) => nodes.get(name)!.input;
  const opsOf = (signature: string) =>
    [...nodes.values()].filter(({ name }) => name.startsWith(`${signature}/`)).map(({ op }) => op);
  const updatesOf = (signature: string) =>
    [...nodes.values()].filter(
      ({ name, op }) =>
        name.startsWith(`${signature}/`) && /^(AssignVariableOp|ResourceApplyKerasMomentum)$/.test(op),
    );

  it("gives the same bytes for the same graphs", () => {
    expect(toSavedModel({ signatures: structuredClone(signatures) })).toEqual(bytes);
  });

  it("has the graphs' inputs and outputs in their canonical layout", () => {
    const { inputs, outputs } = metaGraph.signatureDef.step;
    const shape = (info: (typeof inputs)[string]) => info.tensorShape?.dim.map(({ size }) => Number(size));
    expect(Object.keys(inputs).sort()).toEqual(
      [...training.inputs.map(({ name }) => name), "learningRate"].sort(),
    );
    expect(shape(inputs.image)).toEqual([-1, 3, 31, 27]);
    expect(Object.keys(outputs)).toEqual(["loss", "correctCount"]);
    const read = metaGraph.signatureDef[readSignature("conv1/kernel")].outputs.value;
    expect(shape(read)).toEqual([8, 3, 5, 5]);
  });

  it("has no node that nothing defines, and none twice", () => {
    expect(nodes.size).toBe(metaGraph.graphDef!.node.length);
    for (const { input } of nodes.values()) {
      for (const name of input) expect(nodes.has(nodeOf(name)), name).toBe(true);
    }
  });

  it.each(["step", "plainStep", "gradients", "predict"])("reads each variable once in %s", (signature) => {
    const read = [...nodes.values()].filter(
      ({ name, op }) => name.startsWith(`${signature}/`) && op === "ReadVariableOp",
    );
    const variables = read.map(({ input }) => input[0]);
    expect(new Set(variables).size).toBe(variables.length);
    expect(variables).toContain("conv1/kernel");
  });

  it("turns the photos to N,H,W,C and moves nothing else in a step", () => {
    expect(opsOf("step").filter((op) => op === "Transpose")).toHaveLength(1);
    expect(opsOf("predict").filter((op) => op === "Transpose")).toHaveLength(1);
  });

  it("keeps a dense kernel in the order of the flattened pixels", () => {
    const shape = nodes.get("dense1/kernel")!.attr.shape.value;
    expect(shape.case === "shape" && shape.value.dim.map(({ size }) => Number(size))).toEqual([32, 16]);
    expect(opsOf("write/dense1/kernel")).toContain("Transpose");
  });

  it.each(["step", "plainStep"])("updates in %s only when every gradient is there", (signature) => {
    const updates = updatesOf(signature);
    expect(updates).toHaveLength(signature === "step" ? learning.length + 4 : 2 * learning.length + 4);
    const barrier = new Set(updates.map(({ input }) => input.at(-1)));
    expect(barrier.size).toBe(1);
    const waits = inputsOf(nodeOf([...barrier][0]!)).map(nodeOf);
    for (const { input, op } of updates) {
      expect(waits).toContain(nodeOf(input[op === "AssignVariableOp" ? 1 : 3]));
    }
  });

  it("returns the loss only when every variable is updated", () => {
    const waits = inputsOf("step/output/loss").slice(1).map(nodeOf).sort();
    expect(waits).toEqual(
      updatesOf("step")
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("has something to wait for in a signature that only updates", () => {
    expect(Object.keys(metaGraph.signatureDef.apply.outputs)).toEqual(["done"]);
  });

  it("says which output a signature lacks", () => {
    const wrong = { step: { graphs: [training], outputs: ["los"] } };
    expect(() => toSavedModel({ signatures: wrong })).toThrow(
      "No graph of the signature has an output 'los'.",
    );
  });
});

const feeds = networkFeeds(network, training, { batch: 6 });
const inputs: Record<string, ReferenceTensor> = { learningRate: referenceTensor([], [0.05]) };
for (const { name } of training.inputs) inputs[name] = feeds[name];
const velocities = Object.fromEntries(
  learning.map((name) => [
    velocityName(name),
    referenceTensor(
      feeds[name].shape,
      Float32Array.from(feeds[name].data, (value) => value / 3),
    ),
  ]),
);
const state: Record<string, ReferenceTensor> = { ...velocities };
for (const { name } of training.variables) state[name] = feeds[name];

type Model = Awaited<ReturnType<typeof openSavedModel>>;

async function write(model: Model) {
  for (const [name, value] of Object.entries(state)) await model.run(writeSignature(name), { value });
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== name));

describe.skipIf(!tfjsNodePlace)("a training step in TensorFlow", () => {
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

  it.each(["step", "plainStep"])("updates as the interpreter does in %s", async (signature) => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    await write(model);
    const gradients = interpret(training, feeds);
    const expected = interpret(update, { ...inputs, ...state, ...Object.fromEntries(gradients.outputs) });
    const result = await model.run(signature, inputs);
    expect([...result.keys()].sort()).toEqual([...outputs].sort());
    for (const [name, { data }] of [...expected.updates, ...gradients.updates]) {
      const moved = (await model.run(readSignature(name))).get("value")!;
      expect(relativeError(moved.data, data), name).toBeLessThan(1e-5);
    }
  });

  it("does in two runs, gradients and then the update, what a step does in one", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    await write(model);
    const gradients = await model.run("gradients", without("learningRate"));
    for (const name of outputs) gradients.delete(name);
    await model.run("apply", { ...Object.fromEntries(gradients), learningRate: inputs.learningRate });
    const apart = (await model.run(readSignature("conv2/kernel"))).get("value")!;
    await write(model);
    await model.run("plainStep", inputs);
    const together = (await model.run(readSignature("conv2/kernel"))).get("value")!;
    expect(relativeError(apart.data, together.data)).toBeLessThan(1e-6);
  });

  it("gives the same losses in 20 runs of two steps from one state", async () => {
    await using model = await openSavedModel(toSavedModel({ signatures }));
    const losses: number[][] = [];
    for (let run = 0; run < 20; run++) {
      await write(model);
      const first = await model.run("step", inputs);
      const second = await model.run("step", inputs);
      losses.push([first.get("loss")!.data[0], second.get("loss")!.data[0]]);
    }
    const [[first, second]] = losses;
    expect(second).not.toBeCloseTo(first, 2);
    for (const pair of losses) {
      expect(Math.abs(pair[0] / first - 1)).toBeLessThan(1e-5);
      expect(Math.abs(pair[1] / second - 1)).toBeLessThan(1e-5);
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
    const mixed = { keepFloat32: ["dense2"] };
    await using model = await openSavedModel(toSavedModel({ signatures, mixed }));
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
