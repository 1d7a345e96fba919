import type { BundleModel } from "@fleuron/model";
import type { InferenceSession } from "onnxruntime-web/wasm";
import type { ExecutionProvider } from "../page/options.js";
import type { OnnxRuntime } from "./onnxruntime.js";

/** Opens a model and runs it once on nothing, so that no photo has to wait for shaders to be compiled. */
export async function openSession(
  ort: OnnxRuntime,
  model: BundleModel,
  files: readonly Uint8Array[],
  executionProvider: ExecutionProvider,
): Promise<InferenceSession> {
  const folder = model.files[0].path.replace(/[^/]*$/, "");
  const session = await ort.InferenceSession.create(files[0], {
    executionProviders: [executionProvider],
    externalData: model.files.slice(1).map(({ path }, index) => ({
      path: path.slice(folder.length),
      data: files[index + 1],
    })),
    // Errors only: onnxruntime warns on the console of nodes that it computes on the CPU on purpose.
    logSeverityLevel: 3,
  });
  const [, ...shape] = model.input.shape;
  const photo = new Float32Array(shape.reduce((size, side) => size * side, 1));
  await runSession(ort, session, model, photo, 1);
  return session;
}

/** @param input [count, channels, height, width]; the result is [count, labels]. */
export async function runSession(
  ort: OnnxRuntime,
  session: InferenceSession,
  { input: { name, shape }, output }: BundleModel,
  input: Float32Array,
  count: number,
): Promise<Float32Array> {
  const [, ...sides] = shape;
  const tensor = new ort.Tensor("float32", input, [count, ...sides]);
  const results = await session.run({ [name]: tensor }, [output.name]);
  return (await results[output.name].getData()) as Float32Array;
}
