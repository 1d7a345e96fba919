// Whether an engine that was just built computes what it should.
import { type EngineContents, tryEngine } from "@fleuron/installer";
import { requiredGpu, thisMachine } from "@fleuron/machine";
import { type WorkEvent, warning } from "@fleuron/model";
import { firstBad } from "@fleuron/training";
import { GPU_ENVIRONMENT } from "../engine/environment.js";
import type { InstallableEngine } from "./installable.js";

/** What `check-worker.js` is asked, and what it answers. */
export interface EngineCheckOptions {
  readonly folder: string;
  readonly npmPackage: string;
}
export type EngineCheck = Pick<EngineContents, "versions" | "triedOn">;

export const CHECK_HINT = "Without `from`, the libtensorflow that it is built for is used.";

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
  const question: EngineCheckOptions = { folder, npmPackage };
  const check = yield* tryEngine<EngineCheck>({
    name,
    worker: new URL("./check-worker.js", import.meta.url),
    question,
    hint: CHECK_HINT,
    env: { ...GPU_ENVIRONMENT, NVIDIA_TF32_OVERRIDE: "0" },
    signal,
  });
  if (check.triedOn !== device) yield warning("gpu-untried", await whyUntried());
  return check;
}

async function whyUntried(): Promise<string> {
  const missing = firstBad(await requiredGpu(thisMachine()));
  const why =
    missing === undefined ? "TensorFlow found none that it can use" : `${missing.what}: ${missing.found}`;
  return `The step was tried on the processor, and nothing on a GPU: ${why}.`;
}
