import { trainerError } from "../errors.js";
import { type Finding, firstBad } from "./finding.js";

/** @throws FleuronError "engine-unavailable" with the first thing that is missing. */
export function requireWorking(engine: string, findings: readonly Finding[]): void {
  const missing = firstBad(findings);
  if (missing === undefined) return;
  const { code, what, found, hint } = missing;
  const why = code === "not-installed" ? "is not installed" : `does not work here: ${what}: ${found}`;
  throw trainerError("engine-unavailable", `The engine ${engine} ${why}.`, {
    subject: engine,
    ...(hint !== undefined && { hint }),
  });
}
