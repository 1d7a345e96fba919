// One signature of a SavedModel: graphs that run together, in one session run.
import { requireSameType } from "../require-same-type.js";
import type { Graph, TensorType } from "../types.js";
import { type MixedPrecision, TensorflowEmitter } from "./emitter.js";
import { rowMajor } from "./layout.js";
import { lower } from "./lower.js";
import type { TensorflowNode, TensorflowPort } from "./node.js";
import { NodeNames } from "./node-names.js";
import { applyUpdates, done, type MomentumUpdate, resultNamed } from "./updates.js";
import { computed, type TensorflowValue } from "./value.js";
import type { TensorflowVariables } from "./variables.js";
import { withoutDead } from "./without-dead.js";

export interface SavedModelSignature {
  /**
   * Run in this order. An input takes the output of that name of an earlier graph, and is fed otherwise. Variables of
   * equal names are one, and all graphs see its value from before the run.
   */
  readonly graphs: readonly Graph[];
  /** v ← momentum·v − learningRate·g; w ← w + v, in place (TensorFlow ResourceApplyKerasMomentum). */
  readonly momentum?: MomentumUpdate;
  /** Outputs of the graphs that come out. Default: all that no later graph takes; `done` if there is none. */
  readonly outputs?: readonly string[];
  /** Given: convolutions and matrix products in bfloat16. Variables, statistics and updates stay float32. */
  readonly mixed?: MixedPrecision;
}

/** A signature as nodes, and the tensors by which it is fed and read. */
export interface SignatureNodes {
  readonly nodes: readonly TensorflowNode[];
  readonly inputs: ReadonlyMap<string, TensorflowPort>;
  readonly outputs: ReadonlyMap<string, TensorflowPort>;
}

export function signatureNodes(
  signature: string,
  { graphs, momentum, outputs: wanted, mixed }: SavedModelSignature,
  variables: TensorflowVariables,
): SignatureNodes {
  const prefix = `${signature}/`;
  const emit = new TensorflowEmitter({ prefix, mixed });
  const nodes = new NodeNames();
  const inputs = new Map<string, TensorflowPort>();
  const results = new Map<string, TensorflowValue>();
  const taken = new Set<string>();
  const read = new Map<string, TensorflowValue>();
  const updates = new Map<string, TensorflowValue>();

  const feed = (name: string, type: TensorType): TensorflowValue => {
    const port = { name: nodes.of(`${prefix}input/${name}`), dtype: type.dtype, shape: type.shape };
    const known = inputs.get(name);
    if (known !== undefined) requireSameType(name, known, type);
    else {
      const attributes = { dtype: { type: type.dtype }, shape: { shape: type.shape } };
      emit.named({ name: port.name, op: "Placeholder", inputs: [], attributes });
      inputs.set(name, port);
    }
    return computed(type, { name: port.name, layout: rowMajor(type.shape) }, emit);
  };
  for (const graph of graphs) {
    const own = new Set(graph.variables.map(({ name }) => name));
    const lowered = lower(graph, emit, (name, type) => {
      if (!own.has(name)) {
        const earlier = results.get(name);
        if (earlier === undefined) return feed(name, type);
        requireSameType(name, earlier, type);
        taken.add(name);
        return earlier;
      }
      const value = read.get(name) ?? variables.value(name, emit);
      read.set(name, value);
      return value;
    });
    for (const [name, value] of lowered.outputs) results.set(name, value);
    for (const [name, value] of lowered.updates) updates.set(name, value);
  }

  const applied = applyUpdates(emit, variables, {
    assigned: updates,
    momentum,
    results,
    feed: (name) => feed(name, { dtype: "float32", shape: [] }),
  });
  for (const { gradient } of momentum?.parameters ?? []) taken.add(gradient);
  const outputs = new Map<string, TensorflowPort>();
  for (const name of wanted ?? [...results.keys()].filter((output) => !taken.has(output))) {
    const value = resultNamed(results, name);
    const port = { name: nodes.of(`${prefix}output/${name}`), dtype: value.dtype, shape: value.shape };
    const tensors = [value.in(rowMajor(value.shape)), ...applied.map((node) => `^${node}`)];
    const attributes = { T: { type: value.dtype } } as const;
    emit.named({ name: port.name, op: "Identity", inputs: tensors, attributes });
    outputs.set(name, port);
  }
  if (outputs.size === 0) outputs.set("done", done(emit, applied));
  const ends = [...inputs.values(), ...outputs.values()].map(({ name }) => name);
  return { nodes: withoutDead(emit.nodes, ends), inputs, outputs };
}
