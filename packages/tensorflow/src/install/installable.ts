// The engines that are installed by a command: what each consists of.
import type { LibraryWheel } from "@fleuron/installer";
import { cudaWheels, tensorflowCpu, tensorflowGpu } from "./library/wheels.js";

export interface InstallableEngine {
  readonly name: InstallableEngineName;
  /** On npm; its version and those of its dependencies stand in `engine-packages/<name>/package-lock.json`. */
  readonly npmPackage: string;
  readonly device: "processor" | "gpu";
  /** libtensorflow. */
  readonly library: LibraryWheel;
  /** The libraries that it looks for beside itself, by the folder below `nvidia/` that each fills. */
  readonly cuda: { readonly [part: string]: LibraryWheel };
  /** Disk space that an installation takes while it is made. */
  readonly bytes: number;
}

export const installableEngines = {
  "tfjs-node-gpu": {
    name: "tfjs-node-gpu",
    npmPackage: "@tensorflow/tfjs-node-gpu",
    device: "gpu",
    library: tensorflowGpu,
    cuda: cudaWheels,
    bytes: 9.6e9,
  },
  "tfjs-node": {
    name: "tfjs-node",
    npmPackage: "@tensorflow/tfjs-node",
    device: "processor",
    library: tensorflowCpu,
    cuda: {},
    bytes: 1.6e9,
  },
} as const satisfies { readonly [name: string]: Omit<InstallableEngine, "name"> & { readonly name: string } };

export type InstallableEngineName = keyof typeof installableEngines;
