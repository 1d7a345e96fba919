// One training step of a small AlexNet on the new engine and on onnx-cpu.
import { answerParent } from "@fleuron/machine";
import { installError } from "@fleuron/tensorflow";
import { disagreement } from "@fleuron/training";
import { onnxCpu } from "../engines/onnx-cpu.js";
import { described, type FoundAdapter, findAdapter } from "./dawn.js";
import { installationIn } from "./installation.js";
import { openWebgpuEngine } from "./open-engine.js";

export interface WebgpuCheckOptions {
  readonly folder: string;
  readonly version: string;
}

/** The adapter that it was tried on; null where Dawn finds none, and nothing was. */
await answerParent(async ({ folder, version }: WebgpuCheckOptions): Promise<FoundAdapter | null> => {
  const installation = installationIn(folder);
  const adapter = await findAdapter(installation);
  if (adapter === undefined) return null;
  const difference = await disagreement(
    (plan) => openWebgpuEngine(plan, installation, { version }),
    (plan) => onnxCpu.create(plan, { threads: 1 }),
  );
  if (difference === undefined) return described(adapter);
  throw installError("engine-check-failed", `The new engine computes something else: ${difference}.`, {
    subject: folder,
    hint: "It was not kept: another driver for the GPU may help.",
  });
});
