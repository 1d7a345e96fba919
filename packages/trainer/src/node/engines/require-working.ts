import { type Finding, firstBad } from "../../engine/finding.js";
import { trainerError } from "../../errors.js";

/** Nothing is missing, and still TensorFlow took no GPU. */
export const deviceNotFound = (engine: string) =>
  trainerError("engine-unavailable", `The engine ${engine} found no GPU that it can use.`, {
    subject: engine,
    hint: "Run the same command with TF_CPP_MIN_LOG_LEVEL=0: TensorFlow then says what it lacks. docs/gpu.md has more.",
  });

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
