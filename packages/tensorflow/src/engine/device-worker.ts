// Whether TensorFlow finds a GPU that it can use.
import { answerParent } from "@fleuron/machine";
import { loadTensorflow } from "./load-tensorflow.js";

export interface DeviceQuestion {
  readonly folder: string;
  readonly npmPackage: string;
}

await answerParent(async ({ folder, npmPackage }: DeviceQuestion) => {
  return loadTensorflow(folder, npmPackage).backend().isUsingGpuDevice;
});
