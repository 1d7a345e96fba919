// One of a bundle's ONNX models in onnxruntime: inputs in, probabilities out.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type BundleModel, FleuronError } from "@fleuron/model";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { RuntimeNodeErrorCode } from "../errors.js";

export interface OnnxModel extends AsyncDisposable {
  /**
   * @param images a batch of inputs, [batch, channels, height, width].
   * @returns probabilities, [batch, labels].
   */
  run(images: Float32Array): Promise<Float32Array>;
}

export interface OnnxModelOptions {
  /** At most, and by default, one for each core. */
  readonly threads?: number | undefined;
}

/**
 * Opens a model whose layout is NCHW. Its files are taken as they are: see {@link checkFiles}.
 * @throws FleuronError `model-unusable` with onnxruntime's words.
 */
export async function openOnnxModel(
  folder: string,
  { files, input, output }: BundleModel,
  { threads }: OnnxModelOptions = {},
): Promise<OnnxModel> {
  const path = join(folder, files[0].path);
  const session = await createSession(path, threads);
  const [, ...sizes] = input.shape;
  const perImage = sizes.reduce((product, size) => product * size, 1);
  return {
    async run(images) {
      const tensor = new Tensor("float32", images, [images.length / perImage, ...sizes]);
      const { data } = (await session.run({ [input.name]: tensor }))[output.name];
      if (data instanceof Float32Array) return data;
      throw unusable(path, `its output '${output.name}' is not float32`);
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

async function createSession(path: string, threads: number | undefined): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      executionProviders: ["cpu"],
      // What fails is thrown; onnxruntime would write it to the terminal, too.
      logSeverityLevel: 4,
      ...(threads !== undefined && { intraOpNumThreads: Math.min(threads, availableParallelism()) }),
    });
  } catch (cause) {
    throw unusable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const unusable = (path: string, problem: string, cause?: unknown) =>
  new FleuronError<RuntimeNodeErrorCode>("model-unusable", `onnxruntime cannot use ${path}: ${problem}.`, {
    subject: path,
    hint: "Write the bundle again with pnpm export.",
    cause,
  });
