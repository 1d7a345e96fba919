// A plan that no memory holds is refused before anything is done for it.
import { networkOf } from "@fleuron/graph";
import type { EngineModule } from "./engine/engine-module.js";
import { trainerError } from "./errors.js";
import { leastBytes } from "./least-bytes.js";
import type { TrainingPlan } from "./plan.js";

/**
 * @param memory bytes that the process may use.
 * @throws FleuronError "out-of-memory" that names what is wanted and what there is.
 */
export function requireMemory(
  plan: TrainingPlan,
  { ownMemory }: Pick<EngineModule, "ownMemory">,
  memory: number,
): void {
  const bytes = leastBytes(plan);
  if (ownMemory || bytes <= memory) return;
  const { width, height } = networkOf(plan.network).input;
  throw trainerError(
    "out-of-memory",
    `Photos of ${width} × ${height} pixels, ${plan.batchSize} a step, take at least ${gigabytes(bytes)} of memory; ` +
      `there are ${gigabytes(memory)}.`,
    { subject: "imageSize", hint: "Try a smaller `imageSize`, `batchSize` or `width`." },
  );
}

const gigabytes = (bytes: number): string => `${Math.round(bytes / 1e9).toLocaleString("en-US")} GB`;
