// One signature of a SavedModel: graphs that run together, in one session run.
import { FleuronError } from "@fleuron/model";
import type { Graph, TensorType } from "../types.js";
import { type MixedPrecision, TensorflowEmitter } from "./emitter.js";
import { rowMajor } from "./layout.js";
import { lower } from "./lower.js";
import { nodeOf, type TensorflowNode, type TensorflowPort } from "./node.js";
import { computed, type TensorflowValue } from "./value.js";
import type { TensorflowVariables } from "./variables.js";
import { withoutDead } from "./without-dead.js";

export interface MomentumUpdate {
  /** The input that holds the learning rate. */
  readonly learningRate: string;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly parameters: readonly {
    readonly variable: string;
    /** The variable that holds its velocity. */
    readonly accumulator: string;
    /** The output of a graph that holds its gradient. */
    readonly gradient: string;
  }[];
}

export interface SavedModelSignature {
  /**
   * Run in this order. An input takes the output of that name of an earlier graph, and is fed otherwise. Variables of
   * equal names are one, and all graphs see its value from before the run.
   */
  readonly graphs: readonly Graph[];
  /** v ← momentum·v − learningRate·g; w ← w + v, in place (TensorFlow ResourceApplyKerasMomentum). */
  readonly momentum?: MomentumUpdate;
  /** Outputs of the graphs that come out. Default: all that no later graph takes. */
  readonly outputs?: readonly string[];
}

/** A signature as nodes, and the tensors by which it is fed and read. */
export interface SignatureNodes {
  readonly nodes: readonly TensorflowNode[];
  readonly inputs: ReadonlyMap<string, TensorflowPort>;
  readonly outputs: ReadonlyMap<string, TensorflowPort>;
}

export function signatureNodes(
  signature: string,
  { graphs, momentum, outputs: wanted }: SavedModelSignature,
  variables: TensorflowVariables,
  mixed?: MixedPrecision,
): SignatureNodes {
  const prefix = `${signature}/`;
  const names = [...graphs.flatMap((graph) => [...graph.inputs, ...graph.outputs]).map(({ name }) => name)];
  const emit = new TensorflowEmitter({ taken: names.map((name) => prefix + name), prefix, mixed });
  const inputs = new Map<string, TensorflowPort>();
  const results = new Map<string, TensorflowValue>();
  const taken = new Set<string>();
  const read = new Map<string, TensorflowValue>();
  const updates = new Map<string, TensorflowValue>();

  const feed = (name: string, type: TensorType): TensorflowValue => {
    const port = { name: `${prefix}input/${name}`, dtype: type.dtype, shape: type.shape };
    if (!inputs.has(name)) {
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
        if (earlier) taken.add(name);
        return earlier ?? feed(name, type);
      }
      const value = read.get(name) ?? variables.value(name, emit);
      read.set(name, value);
      return value;
    });
    for (const [name, value] of lowered.outputs) results.set(name, value);
    for (const [name, value] of lowered.updates) updates.set(name, value);
  }

  const applied = applyUpdates(emit, variables, updates, momentum, results, (name) =>
    feed(name, { dtype: "float32", shape: [] }),
  );
  for (const { gradient } of momentum?.parameters ?? []) taken.add(gradient);
  const outputs = new Map<string, TensorflowPort>();
  for (const name of wanted ?? [...results.keys()].filter((output) => !taken.has(output))) {
    const value = resultNamed(results, name);
    const port = { name: `${prefix}output/${name}`, dtype: value.dtype, shape: value.shape };
    const tensors = [value.in(rowMajor(value.shape)), ...applied.map((node) => `^${node}`)];
    emit.named({
      name: port.name,
      op: "Identity",
      inputs: tensors,
      attributes: { T: { type: value.dtype } },
    });
    outputs.set(name, port);
  }
  const ends = [...inputs.values(), ...outputs.values()].map(({ name }) => name);
  return { nodes: withoutDead(emit.nodes, ends), inputs, outputs };
}

/**
 * Changes variables, and returns the nodes that do. All of them wait until every new value and every gradient is
 * there: nothing reads a variable that has changed, and none is copied because somebody still reads it.
 */
function applyUpdates(
  emit: TensorflowEmitter,
  variables: TensorflowVariables,
  updates: ReadonlyMap<string, TensorflowValue>,
  momentum: MomentumUpdate | undefined,
  results: ReadonlyMap<string, TensorflowValue>,
  feed: (name: string) => TensorflowValue,
): readonly string[] {
  const assigned = [...updates].map(([name, value]) => ({
    name,
    value: value.in(variables.layout(name, value.layout)),
  }));
  const stepped = (momentum?.parameters ?? []).map(({ variable, accumulator, gradient }) => {
    variables.declare(accumulator, variables.type(variable));
    const value = resultNamed(results, gradient);
    const layout = variables.layout(variable, value.layout);
    variables.layout(accumulator, layout);
    return { variable, accumulator, gradient: value.in(layout) };
  });
  const values = [...assigned.map(({ value }) => value), ...stepped.map(({ gradient }) => gradient)];
  if (values.length === 0) return [];
  const waits = [...new Set(values.map((value) => `^${nodeOf(value)}`))];
  const ready = `^${emit.node("NoOp", waits)}`;
  const float32 = { type: "float32" } as const;
  return [
    ...assigned.map(({ name, value }) =>
      emit.node("AssignVariableOp", [name, value, ready], { dtype: float32 }),
    ),
    ...stepped.map(({ variable, accumulator, gradient }) =>
      emit.node(
        "ResourceApplyKerasMomentum",
        [
          variable,
          accumulator,
          feed(momentum!.learningRate).in(rowMajor([])),
          gradient,
          emit.scalar(momentum!.momentum),
          ready,
        ],
        { T: float32, use_locking: { bool: true }, use_nesterov: { bool: momentum!.nesterov } },
      ),
    ),
  ];
}

function resultNamed(results: ReadonlyMap<string, TensorflowValue>, name: string): TensorflowValue {
  const value = results.get(name);
  if (value) return value;
  throw new FleuronError("graph-invalid", `No graph of the signature has an output '${name}'.`, {
    subject: name,
  });
}
