// What a graph is made of. All of it is plain JSON: a graph holds names, shapes and attributes but no values.

export type DType = "float32" | "int32" | "bool";

/** A length, or a name for one that is known when the graph runs: "batch", or "batch*49" where it is joined with known ones. */
export type Dimension = number | string;
/** How many axes a tensor has, where that is fixed. */
export type Rank = number | "any";

/** The lengths of a tensor's axes; `Shape<number>` has none that is only named, `Shape<Dimension, 4>` has four. */
export type Shape<D extends Dimension = Dimension, R extends Rank = "any"> = R extends number
  ? Several<D, R>
  : readonly D[];

/** As many of one type as `Count` says, as a tuple. */
type Several<Type, Count extends number, Tuple extends readonly Type[] = readonly []> = number extends Count
  ? readonly Type[]
  : Tuple["length"] extends Count
    ? Tuple
    : Several<Type, Count, readonly [...Tuple, Type]>;

/** A number for each axis of a shape. */
export type PerAxis<S extends Shape> = { readonly [Axis in keyof S]: number };

export interface TensorType<D extends Dimension = Dimension, S extends Shape<D> = Shape<D>> {
  readonly dtype: DType;
  readonly shape: S;
}

/** What an operation takes in one place. */
export interface InputType<R extends Rank = Rank> {
  readonly dtype: DType | "any";
  readonly rank: R;
}

export type AttributeValue = number | string | boolean | readonly AttributeValue[];
export type Attributes = { readonly [name: string]: AttributeValue };

/** Identifies a tensor within its graph: an index into `Graph.types`. */
export type ValueId = number;

/** What a node is for. */
export interface Place {
  /** The id of the layer that it computes, or whose gradient; "" for none. */
  readonly layer: string;
  /** Whether it is part of a gradient. */
  readonly gradient: boolean;
}

export interface GraphNode {
  readonly operation: string;
  readonly attributes: Attributes;
  readonly inputs: readonly ValueId[];
  readonly outputs: readonly ValueId[];
  readonly place: Place;
}

/** What an input is for: a program that runs the graph feeds it by its role, without knowing the network. */
export type InputRole =
  /** Photos, [batch, channels, height, width]. */
  | { readonly type: "image" }
  /** Class probabilities, [batch, classes]. */
  | { readonly type: "target" }
  /** Weight of each photo in the loss, [batch]. */
  | { readonly type: "sampleWeight" }
  /** A number that changes from step to step, such as the loss's normalizer or the learning rate. */
  | { readonly type: "scalar" }
  /** A mask of 0 and 1 ÷ keepRate. */
  | { readonly type: "dropoutMask"; readonly keepRate: number }
  /** A tensor handed over by the engine, such as a gradient. */
  | { readonly type: "tensor" };

export interface GraphInput {
  readonly name: string;
  readonly role: InputRole;
  readonly value: ValueId;
}

/** A named tensor that outlives a step: a weight, a statistic, an optimiser's slot. */
export interface GraphVariable {
  readonly name: string;
  readonly value: ValueId;
}

/** A result (of an output) or the new value of a variable (of an update), by name. */
export interface NamedValue {
  readonly name: string;
  readonly value: ValueId;
}

/** A `Graph<number>` has no named dimension left: every length is known. */
export interface Graph<D extends Dimension = Dimension> {
  readonly formatVersion: 1;
  readonly name: string;
  readonly types: readonly TensorType<D>[];
  readonly inputs: readonly GraphInput[];
  readonly variables: readonly GraphVariable[];
  /** In an order in which they can be computed. */
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly NamedValue[];
  /** Applied together, after every node has read the old values. */
  readonly updates: readonly NamedValue[];
}
