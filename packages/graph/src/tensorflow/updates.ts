// How a signature ends: variables change, and a result is there only after that.
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

/** What changes when a signature has computed everything. */
export interface Updates {
  /** New values by the names of their variables. */
  readonly assigned: ReadonlyMap<string, TensorflowValue>;
  readonly momentum: MomentumUpdate | undefined;
  /** Outputs of the signature's graphs by name, among them the gradients. */
  readonly results: ReadonlyMap<string, TensorflowValue>;
  /** Makes an input that is a number. */
  readonly feed: (name: string) => TensorflowValue;
}

/**
 * Changes variables, and returns the nodes that do. All of them wait until every new value and every gradient is
 * there: nothing reads a variable that has changed, and none is copied because somebody still reads it.
 */
export function applyUpdates(
  emit: TensorflowEmitter,
  variables: TensorflowVariables,
  { assigned, momentum, results, feed }: Updates,
): readonly string[] {
  const values = [...assigned].map(([name, value]) => ({
    name,
    value: value.in(variables.layout(name, value.layout)),
  }));
  const steps = (momentum?.parameters ?? []).map(({ variable, accumulator, gradient }) => {
    variables.declare(accumulator, variables.type(variable));
    const value = resultNamed(results, gradient);
    const layout = variables.layout(variable, value.layout);
    variables.layout(accumulator, layout);
    return {
      variable: variables.handle(variable),
      accumulator: variables.handle(accumulator),
      gradient: value.in(layout),
    };
  });
  const awaited = [...values.map(({ value }) => value), ...steps.map(({ gradient }) => gradient)];
  if (awaited.length === 0) return [];
  const ready = `^${emit.node("NoOp", [...new Set(awaited.map((value) => `^${nodeOf(value)}`))])}`;
  const float32 = { type: "float32" } as const;
  const changed = values.map(({ name, value }) =>
    emit.node("AssignVariableOp", [variables.handle(name), value, ready], { dtype: float32 }),
  );
  if (!momentum) return changed;
  const rate = feed(momentum.learningRate).in(rowMajor([]));
  const share = emit.scalar(momentum.momentum);
  const attributes = { T: float32, use_locking: { bool: true }, use_nesterov: { bool: momentum.nesterov } };
  const stepped = steps.map(({ variable, accumulator, gradient }) => {
    const inputs = [variable, accumulator, rate, gradient, share, ready];
    return emit.node("ResourceApplyKerasMomentum", inputs, attributes);
  });
  return [...changed, ...stepped];
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
