import { gradientName } from "@fleuron/graph";
import type { SgdOptions } from "../optimisers/sgd.js";
import type { TrainingPlan } from "../plan.js";
import { learningParameters, parameterStateName, rateFactorOf, slotStateName } from "../state.js";
import type { PlacedTensor, StateMemory } from "./kernel/state-memory.js";

/** `optimisers/sgd.ts` as one pass over the memory; tested against its graph. */
export function sgdUpdate(
  plan: TrainingPlan,
  options: SgdOptions,
  { tensors, kernel }: StateMemory,
): (learningRate: number) => void {
  const placed = (name: string): PlacedTensor => tensors.get(name)!;
  const learning = learningParameters(plan).map((parameter) => ({
    weights: placed(parameterStateName(parameter)),
    velocity: placed(slotStateName("momentum", parameter.name)),
    gradient: placed(gradientName(parameter.name)),
    weightDecay: parameter.decays ? options.weightDecay : 0,
    factor: rateFactorOf(plan, parameter),
  }));
  const move = options.nesterov ? kernel.nesterov : kernel.momentum;

  const clipFactor = (limit: number) => {
    const squares = learning.reduce(
      (sum, { gradient }) => sum + kernel.sumOfSquares(gradient.address, gradient.count),
      0,
    );
    return Math.min(1, limit / Math.sqrt(squares));
  };

  return (learningRate) => {
    const clipping = options.clipNorm === null ? 1 : clipFactor(options.clipNorm);
    for (const { weights, velocity, gradient, weightDecay, factor } of learning) {
      const descent = -learningRate * factor;
      const [scale, decay] = [descent * clipping, descent * weightDecay];
      move(
        weights.address,
        velocity.address,
        gradient.address,
        weights.count,
        options.momentum,
        scale,
        decay,
      );
    }
  };
}
