import { readFile, symlink, writeFile } from "node:fs/promises";
import { classifierGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { decodeSafetensors, float32Values } from "@fleuron/model";
import { external, onnxFile } from "@fleuron/onnx-import/fixtures";
import { drawnBatch, drawnWeights, tinyNetwork } from "@fleuron/testing";
import { InferenceSession, Tensor, type TypedTensor } from "onnxruntime-node";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-bundle.js";
import { summariseFile } from "./read-network.js";
import { writeTrainingStep } from "./write-training-step.js";

const tiny = tinyNetwork();
let lab: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
beforeEach(async () => {
  lab = await temporaryFolder();
  file = lab.path("tiny.onnx");
  await writeFile(file, toOnnx(classifierGraph(tiny), { values: drawnWeights(tiny) }));
});
afterEach(() => lab[Symbol.asyncDispose]());

it("is a step whose gradients tell how the loss changes", async () => {
  const { step, weights, trainable } = await writeTrainingStep({ file, out: lab.path("step.onnx") });
  const { tensors } = decodeSafetensors(await readFile(weights));
  expect([...tensors.keys()].sort()).toEqual([...trainable].sort());
  const values = new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data: float32Values(data) }]),
  );
  const { size, images, targets, sampleWeights } = drawnBatch(tiny, 4, 1);
  const session = await InferenceSession.create(step);
  const run = (moved: typeof values) =>
    session.run({
      image: new Tensor("float32", images, [size, 3, 31, 27]),
      targets: new Tensor("float32", targets, [size, 4]),
      sampleWeights: new Tensor("float32", sampleWeights, [size]),
      normalizer: new Tensor("float32", [size], []),
      ...Object.fromEntries(
        [...moved].map(([name, { shape, data }]) => [name, new Tensor("float32", data, shape)]),
      ),
    });
  const outputs = await run(values);
  const gradientOf = (name: string) => outputs[`gradient/${name}`]!.data as Float32Array;
  const squares = trainable.flatMap((name) => [...gradientOf(name)]).reduce((sum, g) => sum + g * g, 0);
  const along = (share: number) =>
    new Map(
      [...values].map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((value, index) => value + share * gradientOf(name)[index]!) },
      ]),
    );
  const epsilon = 1e-3 / Math.sqrt(squares);
  const [more, less] = [await run(along(epsilon)), await run(along(-epsilon))].map(
    ({ loss }) => (loss!.data as Float32Array)[0]!,
  );
  expect((more! - less!) / (2 * epsilon) / squares).toBeCloseTo(1, 1);
  await session.release();
});

const batch = () => {
  const { size, images, targets, sampleWeights } = drawnBatch(tiny, 4, 1);
  return {
    image: new Tensor("float32", images, [size, 3, 31, 27]),
    targets: new Tensor("float32", targets, [size, 4]),
    sampleWeights: new Tensor("float32", sampleWeights, [size]),
    normalizer: new Tensor("float32", [size], []),
  };
};

const tensorsOf = async (path: string) =>
  new Map(
    [...decodeSafetensors(await readFile(path)).tensors].map(([name, { shape, data }]) => [
      name,
      new Tensor("float32", float32Values(data), shape),
    ]),
  );

it.each([
  ["sgd", (g: number, v: number) => ({ step: 0.9 * v - 0.1 * g })],
  ["adam", (g: number) => ({ step: -0.1 * (g / (Math.abs(g) + 1e-8)) })],
] as const)("updates the weights by %s in the step", async (optimiser, first) => {
  const plain = await writeTrainingStep({ file, out: lab.path("gradients.onnx") });
  const { step, weights } = await writeTrainingStep({ file, out: lab.path("step.onnx"), optimiser });
  const [gradients, updating] = await Promise.all(
    [plain.step, step].map((each) => InferenceSession.create(each)),
  );
  const state = await tensorsOf(weights);
  const derived = await gradients!.run({ ...batch(), ...Object.fromEntries(await tensorsOf(plain.weights)) });
  const learningRate = new Tensor("float32", [0.1], []);
  const moved = await updating!.run({ ...batch(), ...Object.fromEntries(state), learningRate });
  expect(Object.keys(moved).sort()).toEqual(
    ["correctCount", "loss", ...[...state.keys()].map((name) => `update/${name}`)].sort(),
  );
  for (const name of plain.trainable) {
    const [before, after] = [state.get(name)!.data, moved[`update/${name}`]!.data] as Float32Array[];
    for (const [index, g] of (derived[`gradient/${name}`]!.data as Float32Array).entries())
      if (Math.abs(g) > 1e-5) expect(after![index]).toBeCloseTo(before![index]! + first(g, 0).step, 5);
  }
  await Promise.all([gradients!.release(), updating!.release()]);
});

it("a second step goes on from what the first has kept", async () => {
  const { step, weights, trainable } = await writeTrainingStep({
    ...{ file, out: lab.path("step.onnx"), optimiser: "sgd", trainable: "head" },
  });
  const session = await InferenceSession.create(step);
  const learningRate = new Tensor("float32", [0.01], []);
  let state = await tensorsOf(weights);
  const losses: number[] = [];
  for (let count = 0; count < 20; count++) {
    const outputs = await session.run({ ...batch(), ...Object.fromEntries(state), learningRate });
    losses.push((outputs.loss!.data as Float32Array)[0]!);
    state = new Map(
      [...state.keys()].map((name) => [name, outputs[`update/${name}`] as TypedTensor<"float32">]),
    );
  }
  expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
  expect([...state.keys()].sort()).toEqual(
    [...trainable, ...trainable.map((name) => `slots/momentum/${name}`)].sort(),
  );
  expect(trainable).toHaveLength(2);
  await session.release();
});

it("takes the names of weights, and lists some where one is none", async () => {
  const { trainable } = await writeTrainingStep({ file, out: lab.path("all.onnx") });
  const chosen = [trainable[0]!, trainable.at(-1)!];
  const named = await writeTrainingStep({ file, out: lab.path("some.onnx"), trainable: chosen.join(",") });
  expect(named.trainable).toEqual(chosen);
  await expect(
    writeTrainingStep({ file, out: lab.path("none.onnx"), trainable: `${trainable[0]},bulb` }),
  ).rejects.toMatchObject({
    ...{ code: "option-invalid", kind: "usage", subject: "trainable" },
    message: expect.stringContaining("no weight 'bulb'"),
    hint: expect.stringContaining(`'${trainable.at(-1)}'`),
  });
});

it("refuses a network that has none", async () => {
  const fixed = lab.path("fixed.onnx");
  await writeFile(
    fixed,
    onnxFile({
      nodes: [{ op: "ReduceMean", inputs: ["x"], attributes: { axes: [2, 3], keepdims: 0 } }],
      opset: 17,
    }),
  );
  await expect(writeTrainingStep({ file: fixed, out: lab.path("step.onnx") })).rejects.toMatchObject({
    code: "model-invalid",
    message: `${fixed} has no weights that could learn.`,
  });
});

it("replaces nothing unless it is told to", async () => {
  const out = lab.path("step.onnx");
  await writeTrainingStep({ file, out });
  await expect(writeTrainingStep({ file, out })).rejects.toMatchObject({ code: "file-taken", subject: out });
  await expect(writeTrainingStep({ file, out, force: true })).resolves.toMatchObject({ step: out });
});

it("replaces no file of the network itself, even when it is told to", async () => {
  const refused = (given: { file: string; out: string }, subject: string) =>
    expect(writeTrainingStep({ ...given, force: true })).rejects.toMatchObject({
      code: "file-taken",
      subject,
    });
  const before = await readFile(file);
  await symlink(file, lab.path("link.onnx"));
  await refused({ file, out: file }, file);
  await refused({ file: lab.path("link.onnx"), out: file }, file);
  await refused({ file, out: lab.path("link.onnx") }, lab.path("link.onnx"));
  expect(await readFile(file)).toEqual(before);
});

it("replaces no weights that lie beside the network", async () => {
  const weights = lab.path("apart.safetensors");
  await writeFile(weights, Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6));
  const apart = lab.path("apart.onnx");
  const nodes = [
    { op: "GlobalAveragePool", inputs: ["x"], outputs: ["pooled"] },
    { op: "Flatten", inputs: ["pooled"], outputs: ["flat"] },
    { op: "Gemm", inputs: ["flat", "kernel"] },
  ];
  const initializers = [external("kernel", [3, 2], { location: "apart.safetensors" })];
  await writeFile(apart, onnxFile({ nodes, initializers }));
  const step = (out: string) => writeTrainingStep({ file: apart, out: lab.path(out), force: true });
  await expect(step("apart")).rejects.toMatchObject({ code: "file-taken", subject: weights });
  await expect(step("step")).resolves.toMatchObject({ weights: lab.path("step.safetensors") });
});

it("the layers of a file are those of the network in it", async () => {
  expect(await summariseFile({ file })).toMatchObject({ head: expect.stringContaining("dense2") });
});
