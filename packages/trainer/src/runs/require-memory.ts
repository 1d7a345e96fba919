// A plan that no memory holds is refused before anything is done for it.
import { sizeOf } from "@fleuron/model";
import {
  type EngineModule,
  learningParameters,
  stateTensors,
  type TrainingPlan,
  trainerError,
} from "@fleuron/training";

const FLOAT_BYTES = 4;

/**
 * The bytes that a step takes with any engine: the state, a gradient for each weight, and the photos. What the layers put
 * out comes on top, several times the photos.
 */
export function leastBytes(plan: TrainingPlan): number {
  const elements = (tensors: readonly { readonly shape: readonly number[] }[]) =>
    tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const { channels, height, width } = plan.network.input;
  const state = elements(stateTensors(plan)) + elements(learningParameters(plan));
  return FLOAT_BYTES * (state + plan.batchSize * channels * height * width);
}

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
  const { width, height } = plan.network.input;
  throw trainerError(
    "out-of-memory",
    `Photos of ${width} × ${height} pixels, ${plan.batchSize} a step, take at least ${gigabytes(bytes)} of memory; ` +
      `there are ${gigabytes(memory)}.`,
    { subject: "imageSize", hint: "Try a smaller `imageSize`, `batchSize` or `width`." },
  );
}

const gigabytes = (bytes: number): string => `${Math.round(bytes / 1e9).toLocaleString("en-US")} GB`;
