// A graph for a fixed set of weights, as TensorFlow nodes that tfjs runs.
import { FleuronError, sizeOf } from "@fleuron/model";
import { knownShape } from "../shapes.js";
import type { Graph, Shape } from "../types.js";
import { TensorflowEmitter } from "./emitter.js";
import { fuse } from "./fuse.js";
import { channelsLast, physicalShape, rowMajor } from "./layout.js";
import { lower } from "./lower.js";
import type { TensorflowNode, TensorflowPort } from "./node.js";
import { NodeNames } from "./node-names.js";
import { loweringOf } from "./operations/index.js";
import { toLayout } from "./permute.js";
import { computed, placedByFirstReader } from "./value.js";
import { withoutDead } from "./without-dead.js";

export interface TensorflowGraph {
  /** In an order in which they can be computed. Weights are the nodes of the kind `Const`. */
  readonly nodes: readonly TensorflowNode[];
  readonly inputs: readonly TensorflowPort[];
  readonly outputs: readonly TensorflowPort[];
}

/**
 * `graph` with `values` for its variables, in their canonical order, as constants named like them, as far as TensorFlow allows. Images go in as
 * N,H,W,C; outputs come out in the order of their axes. Biases and ReLUs are fused into convolutions and products.
 * @throws FleuronError "graph-invalid" for a value that is missing or has another length, "unsupported-operation" for
 * an operation that is for training.
 */
export function inferenceNodes(graph: Graph, values: ReadonlyMap<string, Float32Array>): TensorflowGraph {
  const refused = graph.nodes.find(({ operation }) => loweringOf(operation).trainingOnly);
  if (refused) {
    const what = `${refused.operation} is for training, and tfjs has no such operation in graph models.`;
    throw new FleuronError("unsupported-operation", what, { subject: refused.operation });
  }
  const names = new NodeNames();
  const taken = [...graph.inputs, ...graph.variables, ...graph.outputs].map(({ name }) => names.of(name));
  const emit = new TensorflowEmitter({ trains: false, taken });
  const roles = new Map(graph.inputs.map(({ name, role }) => [name, role]));
  const inputs: TensorflowPort[] = [];
  const { outputs } = lower(graph, emit, (name, type) => {
    const role = roles.get(name);
    const node = names.of(name);
    if (role) {
      const layout = role.type === "image" ? channelsLast(type.shape) : rowMajor(type.shape);
      const shape = physicalShape(layout);
      emit.named({
        name: node,
        op: "Placeholder",
        inputs: [],
        attributes: { dtype: { type: type.dtype }, shape: { shape } },
      });
      inputs.push({ name: node, dtype: type.dtype, shape });
      return computed(type, { name: node, layout }, emit);
    }
    const data = weightsOf(values, name, type.shape);
    return placedByFirstReader(type, emit, (layout) =>
      emit.named({
        name: node,
        variable: name,
        op: "Const",
        inputs: [],
        attributes: { dtype: { type: type.dtype } },
        value: { shape: knownShape(name, physicalShape(layout)), data: toLayout(data, layout) },
      }),
    );
  });
  const ports = [...outputs].map(([name, value]) => {
    const attributes = { T: { type: value.dtype } } as const;
    const node = names.of(name);
    emit.named({ name: node, op: "Identity", inputs: [value.in(rowMajor(value.shape))], attributes });
    return { name: node, dtype: value.dtype, shape: value.shape };
  });
  const needed = withoutDead(
    emit.nodes,
    [...inputs, ...ports].map(({ name }) => name),
  );
  return { nodes: fuse(needed), inputs, outputs: ports };
}

function weightsOf(values: ReadonlyMap<string, Float32Array>, name: string, shape: Shape): Float32Array {
  const data = values.get(name);
  const length = sizeOf(knownShape(name, shape));
  if (data?.length === length) return data;
  const what = data ? `has ${data.length} elements instead of ${length}` : "is missing";
  throw new FleuronError("graph-invalid", `The value of '${name}' ${what}.`, { subject: name });
}
