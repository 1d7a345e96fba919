// How a signature ends: variables change, and whoever waits for a result waits for that too.
import { FleuronError } from "@fleuron/model";
import type { TensorflowEmitter } from "./emitter.js";
import { rowMajor } from "./layout.js";
import { nodeOf, type TensorflowPort } from "./node.js";
import type { TensorflowValue } from "./value.js";
import type { TensorflowVariables } from "./variables.js";

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

/**
 * Changes variables, and returns the nodes that do. All of them wait until every new value and every gradient is
 * there: nothing reads a variable that has changed, and none is copied because somebody still reads it.
 */
export function applyUpdates(
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

export function resultNamed(results: ReadonlyMap<string, TensorflowValue>, name: string): TensorflowValue {
  const value = results.get(name);
  if (value) return value;
  throw new FleuronError("graph-invalid", `No graph of the signature has an output '${name}'.`, {
    subject: name,
  });
}

/** An output to ask for where there is no other: it comes when these nodes have run. */
export function done(emit: TensorflowEmitter, ran: readonly string[]): TensorflowPort {
  const inputs = [emit.scalar(1), ...ran.map((node) => `^${node}`)];
  return { name: emit.node("Identity", inputs, { T: { type: "float32" } }), dtype: "float32", shape: [] };
}
