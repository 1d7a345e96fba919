// One training step of a small AlexNet on the new engine and on onnx-cpu.
import { requireAgreement } from "@fleuron/installer";
import { answerParent } from "@fleuron/machine";
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
  await requireAgreement(
    (plan) => openWebgpuEngine(plan, installation, { version }),
    (plan) => onnxCpu.create(plan, { threads: 1 }),
    { folder, hint: "Another driver for the GPU may help." },
  );
  return described(adapter);
});
