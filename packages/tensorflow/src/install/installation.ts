// Where an installed engine lies, and its parts.
import path from "node:path";
import { engineFolder, markerIn } from "@fleuron/installer";
import type { InstallableEngine } from "./installable.js";

/** The parts of an installation, whether they are there or not. All paths are absolute. */
export interface Installation {
  readonly folder: string;
  /** The folder of the npm package. */
  readonly npmPackage: string;
  /** Headers of TensorFlow's C interface. */
  readonly include: string;
  /** The folder of libtensorflow's libraries. */
  readonly libraries: string;
  /** The folder of CUDA, with a folder for each part, where libtensorflow looks for them: `$ORIGIN/../nvidia`. */
  readonly cuda: string;
  readonly addon: string;
  /** Written last: it says that the rest is there. */
  readonly marker: string;
}

/** The version of Node's binary interface that the addon is built for; Node 20 and newer have it. */
export const NODE_API_VERSION = 8;

export function installationIn(folder: string, { npmPackage: name }: InstallableEngine): Installation {
  const npmPackage = path.join(folder, "node_modules", name);
  return {
    folder,
    npmPackage,
    include: path.join(npmPackage, "deps/include"),
    libraries: path.join(npmPackage, "deps/lib"),
    cuda: path.join(npmPackage, "deps/nvidia"),
    addon: path.join(npmPackage, `lib/napi-v${NODE_API_VERSION}/tfjs_binding.node`),
    marker: markerIn(folder),
  };
}

export const installationOf = (engine: InstallableEngine, folder?: string): Installation =>
  installationIn(engineFolder(engine.name, folder), engine);
