// The files whose mutations are tried in faults/: they mean nothing unless the files themselves are right.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, it } from "vitest";
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
