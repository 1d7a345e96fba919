// An engine of TensorFlow, on the processor or on a GPU: only the installed module differs.
import { threadCount } from "@fleuron/files";
import { type InstalledModule, installCommand } from "@fleuron/installer";
import { computeCapability, fasterInBfloat16, requiredGpu, thisMachine } from "@fleuron/machine";
import type { EngineDescription, EngineOptions, Surroundings } from "@fleuron/training";
import {
  type Finding,
  firstBad,
  precisions,
  requireWorking,
  type TrainingPlan,
  trainerError,
} from "@fleuron/training";
import {
  type InstallableEngine,
  type InstallableEngineName,
  installableEngines,
} from "../install/installable.js";
import { installationOf } from "../install/installation.js";
import { tensorflowInstaller } from "../install/installer.js";
import { lookAtInstallation } from "../look/installation.js";
import { setEnvironment } from "./environment.js";
import { findDevice } from "./find-device.js";
import { firstUse } from "./first-use.js";
import { gpuEngineOffer, gpuOf } from "./gpu-engine-offer.js";
import { multipliesBfloat16, shownPrecision } from "./gpu-precision.js";
import { loadTensorflow } from "./load-tensorflow.js";
import { type Tensorflow, versionsOf } from "./tensorflow.js";

export function tensorflowModule(name: InstallableEngineName): InstalledModule {
  const engine: InstallableEngine = installableEngines[name];
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
    installer: tensorflowInstaller(engine),
    ownProcess: { logVariable: "TF_CPP_MIN_LOG_LEVEL" },
    ...(onGpu && { ownMemory: true }),
    async suits(surroundings, { precision }) {
      if (onGpu)
        return (await gpuOf(surroundings)) && { rank: 30, reason: "the fastest here: there is a GPU" };
      return precision === "bfloat16"
        ? { rank: 20, reason: "the fastest in bfloat16 on a processor" }
        : { rank: 5, reason: "computes in float32, if slowly" };
    },
    probe,
    async gainsFromBfloat16(surroundings) {
      if (!onGpu) return fasterInBfloat16(surroundings.processor);
      return multipliesBfloat16(await computeCapability(surroundings));
    },
    ...(onGpu && { offer: (surroundings: Surroundings) => gpuEngineOffer(engine, surroundings) }),
    ...(onGpu && { findDevice: ({ engines }: Surroundings) => findDevice(engine, engines) }),
    async notice(surroundings) {
      const capability = onGpu ? await computeCapability(surroundings) : undefined;
      return capability === undefined ? undefined : firstUse(capability);
    },
    async create(plan, { threads: asked, deterministic = false }: EngineOptions = {}) {
      const threads = threadCount(asked);
      requireWorking(name, await probe(thisMachine()));
      setEnvironment({ threads, deterministic });
      const tensorflow = load(name);
      if (onGpu && !tensorflow.backend().isUsingGpuDevice) throw noGpu(name);
      const description = await describe(plan, tensorflow, threads);
      const { TensorflowEngine } = await import("./tensorflow-engine.js");
      return await TensorflowEngine.open(plan, tensorflow, {
        ...description,
        ...(deterministic && { deterministic }),
      });
    },
  };
}

function load(name: InstallableEngineName): Tensorflow {
  const engine: InstallableEngine = installableEngines[name];
  try {
    return loadTensorflow(installationOf(engine).folder, engine.npmPackage);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw trainerError("engine-unavailable", `The engine ${name} cannot be loaded: ${words}`, {
      subject: name,
      hint: `'${installCommand(name)}' reinstalls it.`,
      cause,
    });
  }
}

/** It had been found before, or nobody looked. */
const noGpu = (name: string) =>
  trainerError("engine-unavailable", `The engine ${name} found no GPU that it can use.`, {
    subject: name,
    hint: "Run the same command with TF_CPP_MIN_LOG_LEVEL=0: TensorFlow then says what it lacks. docs/gpu.md has more.",
  });
