import { disagreement } from "@fleuron/training";
import { installError } from "./errors.js";

type OpenEngine = Parameters<typeof disagreement>[0];

/** @throws FleuronError "engine-check-failed" where a new engine's training step is not that of `onnx-cpu`. */
export async function requireAgreement(
  open: OpenEngine,
  openReference: OpenEngine,
  { folder, hint }: { readonly folder: string; readonly hint: string },
): Promise<void> {
  const difference = await disagreement(open, openReference);
  if (difference === undefined) return;
  throw installError("engine-check-failed", `The new engine computes something else: ${difference}.`, {
    subject: folder,
    hint: `It was not kept. ${hint}`,
  });
}
