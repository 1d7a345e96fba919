// Whether an engine that was just built computes what it should, tried in a process of its own.

import { ChildFailure, requiredGpu, runInChild, thisMachine } from "@fleuron/machine";
import { progress, type WorkEvent, warning } from "@fleuron/model";
import { firstBad } from "@fleuron/training";
import { GPU_ENVIRONMENT } from "../engine/environment.js";
import type { EngineMarker } from "./engine-marker.js";
import { installError } from "./errors.js";
import type { InstallableEngine } from "./installable.js";

/** What `check-worker.js` is asked, and what it answers. */
export interface EngineCheckOptions {
  readonly folder: string;
  readonly npmPackage: string;
}
export type EngineCheck = Pick<EngineMarker, "versions" | "triedOn">;

/**
 * On the GPU where TensorFlow finds one that it can use, else on the processor, which a warning says of an engine for
 * the GPU. There without TF32, to which `onnx-cpu` cannot be compared.
 *
 * @throws FleuronError "engine-check-failed"; `signal.reason`.
 */
export async function* checkEngine(
  { name, npmPackage, device }: InstallableEngine,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, EngineCheck> {
  yield progress("trying the engine", 0, 1, "step");
  const options: EngineCheckOptions = { folder, npmPackage };
  try {
    const worker = new URL("./check-worker.js", import.meta.url);
    const env = { ...GPU_ENVIRONMENT, NVIDIA_TF32_OVERRIDE: "0" };
    const check = await runInChild<EngineCheck>(worker, options, { env, signal });
    yield progress("trying the engine", 1, 1, "step");
    if (check.triedOn !== device) yield warning("gpu-untried", await whyUntried());
    return check;
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw error;
    throw installError(
      "engine-check-failed",
      `The engine ${name} was built and does not work: ${error.message}`,
      {
        subject: name,
        hint: "It was not kept. Without `from`, the libtensorflow that it is built for is used.",
        cause: error,
      },
    );
  }
}

async function whyUntried(): Promise<string> {
  const missing = firstBad(await requiredGpu(thisMachine()));
  const why =
    missing === undefined ? "TensorFlow found none that it can use" : `${missing.what}: ${missing.found}`;
  return `The step was tried on the processor, and nothing on a GPU: ${why}.`;
}
