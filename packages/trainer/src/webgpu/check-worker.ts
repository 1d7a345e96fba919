// A training step on the new engine and on onnx-cpu: whether they agree, and which is faster.
import { requireAgreement, type StepTimes, stepTimes } from "@fleuron/installer";
import { answerParent } from "@fleuron/machine";
import type { TrainingPlan } from "@fleuron/training";
import { onnxCpu } from "../engines/onnx-cpu.js";
import { described, type FoundAdapter, findAdapter } from "./dawn.js";
import { installationIn } from "./installation.js";
import { openWebgpuEngine } from "./open-engine.js";

export interface WebgpuCheckOptions {
  readonly folder: string;
  readonly version: string;
}

/** What it was tried on; times are not taken where a processor plays the GPU. */
export interface WebgpuCheck {
  readonly adapter: FoundAdapter;
  readonly times?: StepTimes;
}

/** Null where Dawn finds no adapter, and nothing was tried. */
await answerParent(async ({ folder, version }: WebgpuCheckOptions): Promise<WebgpuCheck | null> => {
  const installation = installationIn(folder);
  const found = await findAdapter(installation);
  if (found === undefined) return null;
  const adapter = described(found);
  const open = (plan: TrainingPlan) => openWebgpuEngine(plan, installation, { version });
  await requireAgreement(open, (plan) => onnxCpu.create(plan, { threads: 1 }), {
    folder,
    hint: "Another driver for the GPU may help.",
  });
  if (adapter.emulated) return { adapter };
  return { adapter, times: await stepTimes(open, (plan) => onnxCpu.create(plan)) };
});
