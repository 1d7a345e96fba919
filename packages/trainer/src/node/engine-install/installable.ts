// The engines that are installed by a command: what each consists of.
import type { RemoteFile } from "../datasets/download/remote-file.js";
import { installError } from "./errors.js";

export interface InstallableEngine {
  readonly name: InstallableEngineName;
  /** On npm; its version and those of its dependencies stand in `engine-packages/<name>/package-lock.json`. */
  readonly npmPackage: string;
  readonly library: LibraryWheel;
  /** Disk space that an installation takes while it is made. */
  readonly bytes: number;
}

/** The wheel on PyPI that libtensorflow is taken from; nothing of Python is used. */
export interface LibraryWheel {
  readonly project: string;
  readonly version: string;
  readonly file: RemoteFile & { readonly name: string };
}

export const installableEngines = {
  "tfjs-node": {
    name: "tfjs-node",
    npmPackage: "@tensorflow/tfjs-node",
    library: {
      project: "tensorflow-cpu",
      version: "2.21.0",
      file: {
        name: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
        urls: [
          "https://files.pythonhosted.org/packages/59/03/9a99555a762de8cd4a405efbd39a732d926d8e58791441889560b7675b3e/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
        ],
        bytes: 273_829_956,
        sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
      },
    },
    bytes: 1.6e9,
  },
} as const satisfies { readonly [name: string]: Omit<InstallableEngine, "name"> & { readonly name: string } };

export type InstallableEngineName = keyof typeof installableEngines;

export const installableNames = Object.keys(installableEngines) as readonly InstallableEngineName[];

/** @throws FleuronError "engine-unknown". */
export function installableEngine(name: string): InstallableEngine {
  const known = installableNames.find((each) => each === name);
  if (known !== undefined) return installableEngines[known];
  throw installError("engine-unknown", `There is no engine '${name}' to install or remove.`, {
    subject: name,
    hint: `Engines: ${installableNames.join(", ")}.`,
  });
}
