// What a trained model gives for a picture, by which runtimes with kernels of their own check themselves.
import { sampleOf } from "@fleuron/export";
import type { BundleModel, DescribedModel } from "@fleuron/model";
import { openModel } from "@fleuron/runtime-web/worker";
import { wasmRuntime } from "./wasm-runtime.js";

/**
 * Runs a model in onnxruntime, and adds its sample. Where it cannot be opened here, too large beside what was trained, it stays
 * without one: nothing that was trained is lost to it, and pages run such a bundle on onnxruntime.
 */
export async function withSample(
  described: DescribedModel,
  files: Readonly<Record<string, Blob>>,
  wasmUrl: string,
): Promise<BundleModel> {
  const { manifest, model } = described;
  try {
    const { runtime } = wasmRuntime(wasmUrl);
    const contents = await Promise.all(
      model.files.map(async ({ path }) => new Uint8Array(await files[path]!.arrayBuffer())),
    );
    const opened = await openModel(runtime, described, contents, "wasm");
    try {
      const run = (images: Float32Array, count: number) => opened.run(images, count);
      return { ...model, sample: await sampleOf({ ...manifest, run }) };
    } finally {
      await opened.release();
    }
  } catch {
    return model;
  }
}
