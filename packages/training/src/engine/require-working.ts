import { trainerError } from "../errors.js";
import { type Finding, firstBad } from "./finding.js";

/** @throws FleuronError "engine-unavailable" with the first thing that is missing. */
export function requireWorking(engine: string, findings: readonly Finding[]): void {
  const missing = firstBad(findings);
  if (missing === undefined) return;
  const { what, found, hint } = missing;
  throw trainerError("engine-unavailable", `The engine ${engine} does not work here: ${what}: ${found}.`, {
    subject: engine,
    ...(hint !== undefined && { hint }),
  });
}
