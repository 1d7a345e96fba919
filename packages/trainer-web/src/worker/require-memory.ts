import { networkOf } from "@fleuron/graph";
import { leastBytes, type TrainingPlan } from "@fleuron/training";
import { trainerWebError } from "../errors.js";

const GIGABYTE = 2 ** 30;
/** What 32-bit WASM can address. */
const WASM_BYTES = 4 * GIGABYTE;
/** The most that browsers say of a device's memory: it may have any amount more. */
const MOST_TOLD = 8;

/** @throws FleuronError "out-of-memory" for a plan that WASM cannot hold here, before anything is done for it. */
export function requireMemory(plan: TrainingPlan): void {
  const { deviceMemory = MOST_TOLD } = navigator as { deviceMemory?: number };
  const device = deviceMemory < MOST_TOLD ? deviceMemory * GIGABYTE : WASM_BYTES;
  const memory = Math.min(WASM_BYTES, device);
  const bytes = leastBytes(plan);
  if (bytes <= memory) return;
  const { width, height } = networkOf(plan.network).input;
  throw trainerWebError(
    "out-of-memory",
    `Photos of ${width} × ${height} pixels, ${plan.batchSize} a step, take at least ${gigabytes(bytes)} of memory; ` +
      `WASM has ${gigabytes(memory)} here.`,
    { subject: "imageSize", hint: "Try a smaller `imageSize`, `batchSize` or `width`." },
  );
}

const gigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GiB`;
