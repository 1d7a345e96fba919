import {
  checkOnnx,
  checkProbabilities,
  checkSignature,
  type DescribedModel,
  folderOf,
  modelInput,
} from "@fleuron/model";
import type { ExecutionProvider } from "../page/options.js";
import type { DeviceWatch } from "./device-watch.js";
import type { OnnxRuntime } from "./onnxruntime.js";

/** A model in onnxruntime. */
export interface OpenModel {
  /** The watch over the device that it computes on, if that is a GPU. */
  readonly watch: DeviceWatch | undefined;
  /**
   * @param images [count, channels, height, width], also where the model takes bytes; the result is [count, labels].
   * @throws DeviceLost; FleuronError "model-unusable" for a result that is no probabilities.
   */
  run(images: Float32Array, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * @param watch gives a watch of onnxruntime's device, once it has one.
 * @throws FleuronError "manifest-invalid", "bundle-damaged", "model-unusable" for a model that is not what the manifest
 * says; whatever onnxruntime throws.
 */
export async function openModel(
  ort: OnnxRuntime,
  described: DescribedModel,
  files: readonly Uint8Array[],
  executionProvider: ExecutionProvider,
  watch?: (ort: OnnxRuntime) => Promise<DeviceWatch>,
): Promise<OpenModel> {
  const { manifest, model } = described;
  const { files: listed, input, output } = model;
  checkOnnx(files, described);
  const folder = folderOf(listed[0]!);
  const session = await ort.InferenceSession.create(files[0]!, {
    executionProviders: [executionProvider],
    externalData: listed.slice(1).map(({ path }, index) => ({
      path: path.slice(folder.length),
      data: files[index + 1]!,
    })),
    // Errors only: onnxruntime warns on the console of nodes that it computes on the CPU on purpose.
    logSeverityLevel: 3,
  });
  try {
    checkSignature(session, described);
  } catch (error) {
    await session.release();
    throw error;
  }
  const watching = await watch?.(ort);
  return {
    watch: watching,
    run(images, count) {
      const run = async () => {
        const { type, data, dims } = modelInput(images, model, manifest.preprocessing);
        const tensor = new ort.Tensor(type, data, dims);
        const results = await session.run({ [input.name]: tensor }, [output.name]);
        const probabilities = (await results[output.name]!.getData()) as Float32Array;
        checkProbabilities(probabilities, count, described);
        return probabilities;
      };
      return watching ? watching.guard(run) : run();
    },
    release: () => session.release(),
  };
}
