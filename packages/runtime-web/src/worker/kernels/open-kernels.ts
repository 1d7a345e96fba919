import { compileProgram, DeviceVariables, openDevice } from "@fleuron/graph/webgpu";
import { checkProbabilities, type DescribedModel } from "@fleuron/model";
import { DeviceWatch } from "../device-watch.js";
import type { OpenModel } from "../open-model.js";
import { readNetwork } from "./read-network.js";

/**
 * A model on a device of its own. Weights lie there as the file has them, and kernels unpack what they read.
 * @throws Error that says why not, as half a sentence; what the device throws.
 */
export async function openKernels(
  described: DescribedModel,
  files: readonly Uint8Array[],
): Promise<OpenModel> {
  const { manifest, model } = described;
  const { graph, variables: entries, values } = readNetwork(files, model);
  const device = await newDevice();
  try {
    const watch = new DeviceWatch(device);
    const program = await watch.guard(async () => {
      const variables = await DeviceVariables.create(device, entries);
      for (const [name, bytes] of values) variables.write(name, bytes);
      return compileProgram(graph, variables);
    });
    const [, ...sides] = model.input.shape;
    const length = sides.reduce((product, side) => product * side, 1);
    const labels = manifest.labels.length;
    return {
      watch,
      run: (input, count) =>
        watch.guard(async () => {
          const probabilities = new Float32Array(count * labels);
          for (let photo = 0; photo < count; photo++) {
            const image = input.subarray(photo * length, (photo + 1) * length);
            const results = await program.run({ [model.input.name]: image });
            probabilities.set(results.get(model.output.name)!, photo * labels);
          }
          checkProbabilities(probabilities, count, described);
          return probabilities;
        }),
      release: async () => device.destroy(),
    };
  } catch (cause) {
    device.destroy();
    throw cause;
  }
}

async function newDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error("the browser has no GPU that it lets pages use");
  return openDevice(adapter);
}
