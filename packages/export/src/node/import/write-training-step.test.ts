import { readFile, writeFile } from "node:fs/promises";
import { classifierGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { decodeSafetensors, float32Values } from "@fleuron/model";
import { drawnBatch, drawnWeights, tinyNetwork } from "@fleuron/testing";
import { InferenceSession, Tensor } from "onnxruntime-node";
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

it("replaces nothing unless it is told to", async () => {
  const out = lab.path("step.onnx");
  await writeTrainingStep({ file, out });
  await expect(writeTrainingStep({ file, out })).rejects.toMatchObject({ code: "file-taken", subject: out });
  await expect(writeTrainingStep({ file, out, force: true })).resolves.toMatchObject({ step: out });
});

it("the layers of a file are those of the network in it", async () => {
  expect(await summariseFile({ file })).toMatchObject({ head: expect.stringContaining("dense2") });
});
