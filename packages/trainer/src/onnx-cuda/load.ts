// onnxruntime with its CUDA provider, loaded from where it is installed.
import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import path from "node:path";
import { trainerError } from "@fleuron/training";
import type { OnnxRuntime } from "@fleuron/training/onnx";
import { INSTALL, NAME, type OnnxCudaInstallation } from "./installation.js";

/** What the provider loads by name, each after what it needs itself: nothing else would look for them here. */
export const LIBRARIES = [
  "cuda_runtime/lib/libcudart.so.13",
  "cublas/lib/libcublasLt.so.13",
  "cublas/lib/libcublas.so.13",
  "curand/lib/libcurand.so.10",
  "cuda_nvrtc/lib/libnvrtc.so.13",
  "cudnn/lib/libcudnn.so.9",
];
/** A flag of dlopen(3): what is loaded stays loaded, although it is no addon of Node. */
const RTLD_NODELETE = 0x1000;

/** @throws FleuronError "engine-unavailable" where a library cannot be loaded, or another onnxruntime was loaded before. */
export function loadOnnxruntime({ folder, cuda }: OnnxCudaInstallation): OnnxRuntime {
  requireNoOther(folder);
  for (const library of LIBRARIES) loadForGood(path.join(cuda, library));
  return createRequire(path.join(folder, "package.json"))("onnxruntime-node") as OnnxRuntime;
}

/** The system gives every addon of a process the library of this name that was loaded first. */
function requireNoOther(folder: string): void {
  const loaded = readFileSync("/proc/self/maps", "utf8").matchAll(/ (\/.*\/libonnxruntime\.so\.1)$/gm);
  const own = realpathSync(folder);
  if ([...loaded].every(([, file]) => file!.startsWith(own))) return;
  throw trainerError(
    "engine-unavailable",
    `Another onnxruntime is in use in this process, without the provider of ${NAME}.`,
    { subject: NAME, hint: "Begin a new process." },
  );
}

function loadForGood(library: string): void {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    // It is loaded, and no addon.
    if (words.includes("did not self-register")) return;
    throw trainerError("engine-unavailable", `The engine ${NAME} cannot be loaded: ${words}`, {
      subject: NAME,
      hint: `'${INSTALL}' reinstalls it.`,
      cause,
    });
  }
}
