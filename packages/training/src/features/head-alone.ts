// A run in which only the head of an imported network learns: its body gives a photo the same features in every epoch.
import { type Graph, known, splitAtHead } from "@fleuron/graph";
import type { Parameter } from "@fleuron/model";
import type { BatchSettings } from "../data/batch-settings.js";
import type { TrainingEngine } from "../engine/engine.js";
import type { TrainingPlan } from "../plan.js";
import { learningParameters, parameterStateName } from "../state.js";

export interface HeadAlone {
  /** From `image` to `features`. */
  readonly body: Graph;
  /** How many features a photo has. */
  readonly features: number;
  /** The body's. */
  readonly frozen: readonly Parameter[];
  /** The run's plan for the head as a network of its own. */
  readonly head: TrainingPlan;
}

/**
 * The two parts of such a run; undefined where more than the head learns, the network is a list of layers, or a photo is
 * another one in each epoch.
 */
export function headAlone(
  plan: TrainingPlan,
  { augmentation, mixing }: Pick<BatchSettings, "augmentation" | "mixing">,
): HeadAlone | undefined {
  if (!("inference" in plan.network) || augmentation.type !== "none" || mixing !== null) return undefined;
  const { body, head: network } = splitAtHead(plan.network);
  const inHead = new Set(network.parameters.map(({ name }) => name));
  if (learningParameters(plan).some(({ name }) => !inHead.has(name))) return undefined;
  const frozen = plan.network.parameters.filter(({ name }) => !inHead.has(name));
  const features = known("features", body.types[body.outputs[0]!.value]!.shape[1]!);
  return { body, features, frozen, head: { ...plan, network } };
}

/** The body's weights and statistics, by their parameters' names. */
export async function frozenValues(
  { frozen }: HeadAlone,
  engine: Pick<TrainingEngine, "read">,
): Promise<ReadonlyMap<string, Float32Array>> {
  const names = new Map(frozen.map((parameter) => [parameterStateName(parameter), parameter.name]));
  const values = new Map<string, Float32Array>();
  for await (const { name, data } of engine.read([...names.keys()]))
    values.set(names.get(name)!, data.slice());
  return values;
}
