import { compileProgram, DeviceVariables, openDevice, type Program } from "@fleuron/graph/webgpu";
import { checkProbabilities, type DescribedModel, modelInput } from "@fleuron/model";
import { DeviceWatch } from "../device-watch.js";
import type { OpenModel } from "../open-model.js";
import { readNetwork, type StoredNetwork } from "./read-network.js";

/**
 * A model on a device of its own. Weights lie there as the file has them, and kernels unpack what they read.
 * @throws Error that says why not, as half a sentence; what the device throws.
 */
export async function openKernels(
  described: DescribedModel,
  files: readonly Uint8Array[],
): Promise<OpenModel> {
  const network = readNetwork(files, described.model);
  const device = await newDevice();
  try {
    const watch = new DeviceWatch(device);
    const program = await watch.guard(() => programOn(device, network));
    return modelOf(described, device, watch, program);
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

async function programOn(device: GPUDevice, { graph, variables, values }: StoredNetwork): Promise<Program> {
  const onDevice = await DeviceVariables.create(device, variables);
  for (const [name, bytes] of values) onDevice.write(name, bytes);
  return compileProgram(graph, onDevice);
}

/** Apart from what opens it, so that no closure keeps the files. */
function modelOf(
  described: DescribedModel,
  device: GPUDevice,
  watch: DeviceWatch,
  program: Program,
): OpenModel {
  const { manifest, model } = described;
  const [, ...sides] = model.input.shape;
  const length = sides.reduce((product, side) => product * side, 1);
  const labels = manifest.labels.length;
  const run = async (images: Float32Array, count: number) => {
    const { data } = modelInput(images, model, manifest.preprocessing);
    const probabilities = new Float32Array(count * labels);
    for (let photo = 0; photo < count; photo++) {
      const image = Float32Array.from(data.subarray(photo * length, (photo + 1) * length));
      const results = await program.run({ [model.input.name]: image });
      probabilities.set(results.get(model.output.name)!, photo * labels);
    }
    checkProbabilities(probabilities, count, described);
    return probabilities;
  };
  return {
    watch,
    run: (images, count) => watch.guard(() => run(images, count)),
    release: async () => device.destroy(),
  };
}
