// What is onnx-cuda's own of an installation: a copy of onnxruntime-node, its CUDA provider, CUDA's libraries.
import path from "node:path";
import {
  type EngineContents,
  type EngineInstaller,
  type FillOptions,
  fetchWheel,
  fileLengths,
  installError,
  type LibraryWheel,
  type StepTimes,
  tryEngine,
  unpackWheel,
} from "@fleuron/installer";
import { nvidiaGpu, requiredGpu, thisMachine } from "@fleuron/machine";
import { type WorkEvent, warning } from "@fleuron/model";
import { firstBad } from "@fleuron/training";
import type { CheckOptions } from "./check-worker.js";
import { copyOnnxruntime } from "./copy-onnxruntime.js";
import { CUDA_13 } from "./cuda-13.js";
import { installationIn, NAME, unsupported } from "./installation.js";
import { cudaWheels, providerWheel } from "./wheels.js";

/** What is fetched, and how what came of it is tried. */
export interface InstallerParts {
  readonly providerWheel: LibraryWheel;
  readonly cudaWheels: Readonly<Record<string, LibraryWheel>>;
  readonly tryEngine: typeof tryEngine<StepTimes | null>;
}

export const onnxCudaInstallerOf = (parts: InstallerParts): EngineInstaller => ({
  name: NAME,
  bytes: 4.2e9,
  unsupported,
  fill: (folder, options) => fill(folder, options, parts),
});

export const onnxCudaInstaller = onnxCudaInstallerOf({ providerWheel, cudaWheels, tryEngine });

const PROVIDER = /^onnxruntime\/capi\/(libonnxruntime_providers_(?:cuda|shared)\.so)$/;
const LIBRARY = /\/(lib\/lib[\w-]+\.so[\d.]*)$/;

/**
 * Ends with a training step that agrees with `onnx-cpu`, on the GPU where there is one.
 *
 * @throws FleuronError "library-unfit", "engine-check-failed", `download-…`.
 */
async function* fill(
  folder: string,
  { downloads, signal }: FillOptions,
  { providerWheel, cudaWheels, tryEngine }: InstallerParts,
): AsyncGenerator<WorkEvent, EngineContents> {
  const installation = installationIn(folder);
  const version = await copyOnnxruntime(installation);
  requireVersion(version, providerWheel);
  async function* place(wheel: LibraryWheel, target: string, placed: RegExp) {
    const file = yield* fetchWheel(wheel, downloads, signal);
    yield* unpackWheel(file, target, (entry) => placed.exec(entry)?.[1], signal);
  }
  yield* place(providerWheel, installation.providers, PROVIDER);
  const cuda: EngineContents["cuda"] = {};
  for (const [part, wheel] of Object.entries(cudaWheels)) {
    const target = path.join(installation.cuda, part);
    yield* place(wheel, target, LIBRARY);
    cuda[part] = { version: wheel.version, files: (await fileLengths(target)) ?? {} };
  }

  const missing = firstBad(await requiredGpu(thisMachine(), CUDA_13));
  const question: CheckOptions = { folder, onGpu: missing === undefined };
  const times = yield* tryEngine({
    name: NAME,
    worker: new URL("./check-worker.js", import.meta.url),
    question,
    hint: "Another driver for the GPU may help.",
    // As `onnx-cpu` computes, to which it is compared.
    env: { NVIDIA_TF32_OVERRIDE: "0" },
    signal,
  });
  if (missing !== undefined) {
    const why = `${missing.what}: ${missing.found}`;
    yield warning("gpu-untried", `The step was tried on the processor, and nothing on a GPU: ${why}.`);
  }
  const gpu = await nvidiaGpu(thisMachine(), CUDA_13);
  return {
    versions: { "onnxruntime-node": version, cuda: cudaWheels.cuda_runtime!.version },
    source: `${providerWheel.project} ${providerWheel.version}`,
    libraries: {},
    cuda,
    triedOn: times === null ? "processor" : "gpu",
    ...(times !== null && gpu && { measured: { device: gpu.words, ...times } }),
  };
}

/** A provider is loaded by the onnxruntime that it was built with, and by no other. */
function requireVersion(version: string, providerWheel: LibraryWheel): void {
  if (version === providerWheel.version) return;
  throw installError(
    "library-unfit",
    `onnxruntime-node is ${version}, and the CUDA provider is for ${providerWheel.version}.`,
    { subject: NAME, hint: "Install Fleuron again: it brings the onnxruntime-node that fits." },
  );
}
