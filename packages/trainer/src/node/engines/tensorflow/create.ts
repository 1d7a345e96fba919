// Opens an installed engine of TensorFlow for a plan.
import { availableParallelism } from "node:os";
import type { EngineOptions, TrainingEngine } from "../../../engine/engine.js";
import { trainerError } from "../../../errors.js";
import type { TrainingPlan } from "../../../plan.js";
import { lookAtInstallation } from "../../doctor/look/index.js";
import { thisMachine } from "../../doctor/surroundings.js";
import type { InstallableEngine } from "../../engine-install/installable.js";
import { installationOf } from "../../engine-install/installation.js";
import { requireWorking } from "../require-working.js";
import { loadTensorflow } from "./load-tensorflow.js";
import { type Tensorflow, versionsOf } from "./tensorflow.js";
import { TensorflowEngine } from "./tensorflow-engine.js";

/** @throws FleuronError "engine-unavailable" with what is missing. */
export async function createTensorflowEngine(
  engine: InstallableEngine,
  plan: TrainingPlan,
  { threads = availableParallelism() }: EngineOptions = {},
): Promise<TrainingEngine> {
  const { name, npmPackage } = engine;
  requireWorking(name, await lookAtInstallation(engine, thisMachine()));
  setEnvironment(threads);
  const tensorflow = load(engine);
  return TensorflowEngine.open(plan, tensorflow, {
    engine: name,
    precision: plan.precision,
    threads,
    versions: versionsOf(tensorflow, npmPackage),
  });
}

/**
 * TensorFlow reads these alone, and when it is first used: later ones of the same process change nothing. Training
 * threads share the process's variables for that.
 */
function setEnvironment(threads: number): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
}

function load(engine: InstallableEngine): Tensorflow {
  const { name, npmPackage } = engine;
  try {
    return loadTensorflow(installationOf(engine).folder, npmPackage);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw trainerError("engine-unavailable", `The engine ${name} cannot be loaded: ${words}`, {
      subject: name,
      hint: `'pnpm fleuron engine install ${name}' installs it anew.`,
      cause,
    });
  }
}
