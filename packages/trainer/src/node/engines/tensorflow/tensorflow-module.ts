// An engine of TensorFlow, on the processor or on a GPU: only the installed module differs.
import { availableParallelism } from "node:os";
import type { EngineDescription, EngineOptions } from "../../../engine/engine.js";
import { type Finding, firstBad } from "../../../engine/finding.js";
import { trainerError } from "../../../errors.js";
import { precisions, type TrainingPlan } from "../../../plan.js";
import { runInChild } from "../../child/run-in-child.js";
import {
  computeCapability,
  installCommand,
  lookAtInstallation,
  requiredGpu,
} from "../../doctor/look/index.js";
import { type Surroundings, thisMachine } from "../../doctor/surroundings.js";
import { readEngineMarker } from "../../engine-install/engine-marker.js";
import { type InstallableEngineName, installableEngine } from "../../engine-install/installable.js";
import { installationOf } from "../../engine-install/installation.js";
import type { EngineModule } from "../engine-module.js";
import { bfloat16Flag } from "../precision.js";
import { deviceNotFound, requireWorking } from "../require-working.js";
import type { DeviceQuestion } from "./device-worker.js";
import { GPU_ENVIRONMENT, setEnvironment } from "./environment.js";
import { firstUse } from "./first-use.js";
import { multipliesBfloat16, shownPrecision } from "./gpu-precision.js";
import { loadTensorflow } from "./load-tensorflow.js";
import { type Tensorflow, versionsOf } from "./tensorflow.js";
import { TensorflowEngine } from "./tensorflow-engine.js";

export function tensorflowModule(name: InstallableEngineName): EngineModule {
  const engine = installableEngine(name);
  const onGpu = engine.device === "gpu";

  async function probe(surroundings: Surroundings): Promise<readonly Finding[]> {
    const gpu = onGpu ? await requiredGpu(surroundings) : [];
    if (firstBad(gpu) !== undefined) return gpu;
    return [...gpu, ...(await lookAtInstallation(engine, surroundings))];
  }

  async function describe(plan: TrainingPlan, tensorflow: Tensorflow, threads: number) {
    const capability = onGpu ? await computeCapability(thisMachine()) : undefined;
    const description: EngineDescription = {
      engine: name,
      precision: shownPrecision(plan.precision, capability),
      threads,
      versions: versionsOf(tensorflow, engine.npmPackage),
    };
    return description;
  }

  return {
    name,
    precisions,
    setUp: installCommand(name),
    probe,
    async gainsFromBfloat16(surroundings) {
      if (!onGpu) return bfloat16Flag(surroundings.processor.flags) !== undefined;
      return multipliesBfloat16(await computeCapability(surroundings));
    },
    async findsDevice({ engines }) {
      if (!onGpu) return true;
      const { folder, marker } = installationOf(engine, engines);
      // A GPU that TensorFlow has computed on needs no second look.
      if ((await readEngineMarker(marker))?.triedOn === "gpu") return true;
      const question: DeviceQuestion = { folder, npmPackage: engine.npmPackage };
      const worker = new URL("./device-worker.js", import.meta.url);
      return runInChild<boolean>(worker, question, { env: GPU_ENVIRONMENT }).catch(() => false);
    },
    async notice(surroundings) {
      const capability = onGpu ? await computeCapability(surroundings) : undefined;
      return capability === undefined ? undefined : firstUse(capability);
    },
    async create(plan, { threads = availableParallelism(), deterministic = false }: EngineOptions = {}) {
      requireWorking(name, await probe(thisMachine()));
      setEnvironment({ threads, deterministic });
      const tensorflow = load(name);
      if (onGpu && !tensorflow.backend().isUsingGpuDevice) throw deviceNotFound(name);
      const description = await describe(plan, tensorflow, threads);
      return TensorflowEngine.open(plan, tensorflow, {
        ...description,
        ...(deterministic && { deterministic }),
      });
    },
  };
}

function load(name: InstallableEngineName): Tensorflow {
  const engine = installableEngine(name);
  try {
    return loadTensorflow(installationOf(engine).folder, engine.npmPackage);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw trainerError("engine-unavailable", `The engine ${name} cannot be loaded: ${words}`, {
      subject: name,
      hint: `'${installCommand(name)}' installs it anew.`,
      cause,
    });
  }
}
