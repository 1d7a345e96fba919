// The state of a training run: a map from name to tensor, with a prefix for each kind.
import { networkOf } from "@fleuron/graph";
import { type Initialisation, initialise, type Parameter } from "@fleuron/model";
import { trainerError } from "./errors.js";
import { optimiserDefinition } from "./optimisers/index.js";
import type { TrainingPlan } from "./plan.js";

export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface NamedTensor extends StateTensor {
  /** Row-major, in the canonical layout: kernels O,I,H,W; dense [in, out]. */
  readonly data: Float32Array;
  /** Whether the data stay as they are until the state changes, and not only until the next tensor is asked for. Default false. */
  readonly lasts?: boolean;
}

/** `weights/conv1/kernel` for what learns, `statistics/batchNorm1/movingMean` for what follows the batches. */
export const parameterStateName = (parameter: Parameter): string =>
  `${parameter.trainable ? "weights" : "statistics"}/${parameter.name}`;

/** `slots/momentum/conv1/kernel`. */
export const slotStateName = (slot: string, parameter: string): string => `slots/${slot}/${parameter}`;

/** `slots/meanWeight`: what the optimiser keeps once. */
export const scalarStateName = (scalar: string): string => `slots/${scalar}`;

/** Whether a tensor of the state belongs to the optimiser. */
export const isSlot = ({ name }: { readonly name: string }): boolean => name.startsWith("slots/");

/** The weights and statistics of a state. */
export async function* withoutSlots(tensors: AsyncIterable<NamedTensor>): AsyncGenerator<NamedTensor> {
  for await (const tensor of tensors) if (!isSlot(tensor)) yield tensor;
}

/** The parameters that a plan trains. */
export const learningParameters = (plan: Pick<TrainingPlan, "network" | "trainable">): readonly Parameter[] =>
  networkOf(plan.network).parameters.filter(
    ({ trainable, name }) => trainable && (plan.trainable?.includes(name) ?? true),
  );

/** What the learning rate is multiplied with for a parameter. */
export const rateFactorOf = ({ bodyRate }: Pick<TrainingPlan, "bodyRate">, { name }: Parameter): number =>
  bodyRate === undefined || bodyRate.head.includes(name) ? 1 : bodyRate.factor;

/** Every tensor of a run's state, in a fixed order: weights, statistics, the optimiser's slots. */
export function stateTensors(plan: TrainingPlan): readonly StateTensor[] {
  const parameters = networkOf(plan.network).parameters;
  const named = (chosen: readonly Parameter[]) =>
    chosen.map((parameter) => ({ name: parameterStateName(parameter), shape: parameter.shape }));
  const { slots, scalars } = optimiserDefinition(plan.optimiser);
  return [
    ...named(parameters.filter(({ trainable }) => trainable)),
    ...named(parameters.filter(({ trainable }) => !trainable)),
    ...slots.flatMap((slot) =>
      learningParameters(plan).map(({ name, shape }) => ({ name: slotStateName(slot, name), shape })),
    ),
    ...scalars.map((scalar) => ({ name: scalarStateName(scalar), shape: [] })),
  ];
}

/** @throws FleuronError "checkpoint-mismatch" for a tensor whose name or shape the plan has not. */
export function requireStateTensor(plan: TrainingPlan, { name, shape }: StateTensor): void {
  const own = stateTensors(plan).find((each) => each.name === name)?.shape;
  if (own?.join() === shape.join()) return;
  const wanted = own ? `is [${own.join(", ")}]` : "does not exist";
  throw trainerError(
    "checkpoint-mismatch",
    `The tensor '${name}' of the checkpoint is [${shape.join(", ")}], but in this run it ${wanted}.`,
    { subject: name },
  );
}

/** The state in which a run starts, one tensor at a time: drawn weights, identity statistics, slots of zeros. */
export async function* initialState(
  plan: TrainingPlan,
  initialisation: Initialisation,
  seed: number,
): AsyncGenerator<NamedTensor> {
  for (const [index, parameter] of networkOf(plan.network).parameters.entries()) {
    const data = initialise(parameter, index, initialisation, seed);
    yield { name: parameterStateName(parameter), shape: parameter.shape, data };
  }
  for (const tensor of stateTensors(plan)) {
    if (!isSlot(tensor)) continue;
    yield { ...tensor, data: new Float32Array(tensor.shape.reduce((product, size) => product * size, 1)) };
  }
}
