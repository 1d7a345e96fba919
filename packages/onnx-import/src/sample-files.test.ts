// The files whose mutations are tried in faults/: they mean nothing unless the files themselves are right.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, it } from "vitest";
import { floats, onnxFile, valueInfo } from "./fixtures/onnx-file.js";
import { runImported, somePhotos } from "./fixtures/run-imported.js";
import { sampleFiles } from "./fixtures/sample-files.js";
import { importOnnx } from "./import-onnx.js";

it.each([...sampleFiles])("%s: the interpreter gives what onnxruntime gives", async (_, file) => {
  const image = somePhotos([2, 3, 4, 4]);
  const session = await InferenceSession.create(file);
  const { y: expected } = await session.run({
    x: new Tensor("float32", Float32Array.from(image.data), image.shape),
  });
  const given = runImported(importOnnx(file), { image }).get("y")!;
  expect(given.shape).toEqual(expected!.dims);
  for (const [index, value] of (expected!.data as Float32Array).entries())
    expect(Math.abs(given.data[index]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  await session.release();
});

it.each([
  [10, 0.7, 7],
  [20, 0.35, 7],
  [10, 1.4, 14],
  [100, 0.29, 29],
  [7, 1.5, 10],
])("%i pixels times %f are %i, as onnxruntime multiplies them", async (side, scale, expected) => {
  const file = onnxFile({
    nodes: [{ op: "Resize", inputs: ["x", "", "scales"] }],
    initializers: [floats("scales", [4], [1, 1, scale, 1])],
    inputs: [valueInfo("x", ["N", 3, side, 2])],
  });
  const image = somePhotos([1, 3, side, 2]);
  const session = await InferenceSession.create(file);
  const { y } = await session.run({
    x: new Tensor("float32", Float32Array.from(image.data), image.shape),
  });
  expect(y!.dims).toEqual([1, 3, expected, 2]);
  expect(runImported(importOnnx(file), { image }).get("y")!.shape).toEqual(y!.dims);
  await session.release();
});
