// A training step on the new engine and on onnx-cpu: whether they agree, and which is faster.
import { threadCount } from "@fleuron/files";
import { requireAgreement, type StepTimes, stepTimes } from "@fleuron/installer";
import { answerParent } from "@fleuron/machine";
import { firstForms, type TrainingPlan } from "@fleuron/training";
import { onCuda, onProcessor } from "@fleuron/training/onnx";
import { installationIn } from "./installation.js";
import { loadOnnxruntime } from "./load.js";
import { openOnnxCudaEngine } from "./open-engine.js";

export interface CheckOptions {
  readonly folder: string;
  readonly onGpu: boolean;
}

/** Without a GPU the processor computes the engine's graphs, and nothing is timed. */
await answerParent(async ({ folder, onGpu }: CheckOptions): Promise<StepTimes | null> => {
  const runtime = loadOnnxruntime(installationIn(folder));
  const { executionProviders: _, ...sessionOptions } = onCuda.sessionOptions;
  const execution = onGpu ? onCuda : { ...onCuda, sessionOptions };
  const shared = { runtime, threads: threadCount(), versions: {} };
  const open = async (plan: TrainingPlan) => openOnnxCudaEngine(plan, { ...shared, execution });
  const openOnnxCpu = async (plan: TrainingPlan) =>
    openOnnxCudaEngine(plan, { ...shared, execution: onProcessor(firstForms) });
  await requireAgreement(open, openOnnxCpu, { folder, hint: "Another driver for the GPU may help." });
  return onGpu ? stepTimes(open, openOnnxCpu) : null;
});
