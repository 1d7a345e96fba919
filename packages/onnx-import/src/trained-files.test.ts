// EfficientNet-Lite0 as torch writes it, by both of its exporters; FLEURON_MODELS names the folder that has the files.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { headOf, networkOf, splitAtHead, withHead } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, it } from "vitest";
import { classifierOf } from "./classifier-of.js";
import { somePhotos } from "./fixtures/run-imported.js";
import { importOnnx } from "./import-onnx.js";

const folder = process.env.FLEURON_MODELS || new URL("../../../../shared/models", import.meta.url).pathname;
const files = ["efficientnet-lite0-dynamo.onnx", "efficientnet-lite0-torchscript.onnx"];

async function logits(bytes: Uint8Array, photo: Float32Array): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const { logits: tensor } = await session.run({ image: new Tensor("float32", photo, [1, 3, 224, 224]) });
  await session.release();
  return tensor!.data as Float32Array;
}

const missing = files.filter((name) => !existsSync(join(folder, name)));

const skipped = missing.length > 0 ? ` (skipped: ${folder} has no ${missing[0]})` : "";

it.skipIf(skipped !== "").each(files)(
  `%s, written again, answers as the original${skipped}`,
  async (name) => {
    const bytes = readFileSync(join(folder, name));
    const { graph, values } = importOnnx(bytes);
    const photo = Float32Array.from(somePhotos([1, 3, 224, 224]).data);
    const [expected, got] = [await logits(bytes, photo), await logits(toOnnx(graph, { values }), photo)];
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = expected.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - got[index]!)),
      0,
    );
    expect(difference / largest).toBeLessThan(1e-5);
  },
);

it.skipIf(skipped !== "").each(files)(`%s gets a head on its 1,280 features${skipped}`, (name) => {
  const network = classifierOf(importOnnx(readFileSync(join(folder, name))));
  expect(headOf(network).features).toBe(headOf(network, { head: headOf(network).name }).features);
  const tuned = withHead(network, { classes: 5 });
  expect(tuned.network.parameters.length).toBe(network.parameters.length);
  expect(networkOf(splitAtHead(tuned.network).head)).toMatchObject({
    classes: 5,
    input: { channels: 1280, height: 1, width: 1 },
  });
});
