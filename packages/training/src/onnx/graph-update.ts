import { type Graph, gradientName } from "@fleuron/graph";
import { updateName } from "@fleuron/graph/onnx";
import type { InferenceSession } from "onnxruntime-common";
import type { BatchSessions } from "../engine/batch-sessions.js";
import { updateGraph } from "../optimisers/update-graph.js";
import type { TrainingPlan } from "../plan.js";
import { learningParameters, stateTensors } from "../state.js";
import type { StateMemory } from "./kernel/state-memory.js";
import type { OnnxRuntime } from "./onnx-runtime.js";

/** Moves everything that learns, from weights, slots and gradients in the memory to new weights and slots there. */
export type Update = (learningRate: number) => void | Promise<void>;

/** The optimiser's graph in a session. */
export function graphUpdate(
  plan: TrainingPlan,
  memory: StateMemory,
  {
    runtime,
    sessionsOf,
  }: {
    readonly runtime: OnnxRuntime;
    readonly sessionsOf: (graph: Graph) => BatchSessions<InferenceSession>;
  },
): Update {
  const { Tensor } = runtime;
  const graph = updateGraph(plan);
  const sessions = sessionsOf(graph);
  const read = new Set(graph.variables.map(({ name }) => name));
  const inputs = [
    ...learningParameters(plan).map(({ name, shape }) => ({ name: gradientName(name), shape })),
    ...stateTensors(plan).filter(({ name }) => read.has(name)),
  ];
  return async (learningRate) => {
    const session = await sessions.get(plan.batchSize);
    const feeds = inputs.map(({ name, shape }) => [
      name,
      new Tensor("float32", memory.tensors.get(name)!.data, shape),
    ]);
    const results = await session.run({
      ...Object.fromEntries(feeds),
      learningRate: new Tensor("float32", Float32Array.of(learningRate), []),
    });
    for (const { name } of graph.updates) {
      memory.tensors.get(name)!.data.set(results[updateName(name)]!.data as Float32Array);
    }
  };
}
