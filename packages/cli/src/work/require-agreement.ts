import type { SourceAgreement } from "@fleuron/export/node";
import { cliError } from "../errors.js";
import { shownPath } from "../paths.js";

/** @throws FleuronError "verification-failed" for a bundle that computes something else than its file. */
export function requireAgreement({ bundle, source, passed }: SourceAgreement): void {
  if (passed) return;
  throw cliError("verification-failed", `${shownPath(bundle)} differs from ${shownPath(source)}.`, {
    subject: bundle,
    hint: "Do not use this bundle. This is a bug in Fleuron or in what ran it: please report it.",
  });
}
