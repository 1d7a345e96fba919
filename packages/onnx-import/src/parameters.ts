// The variables of an imported network. What one is for follows from where it is used, not from where the file keeps it:
// a tensor that is used twice becomes two variables, since exporters store equal ones once.
import type { GraphBuilder, Tensor } from "@fleuron/graph";
import { type Parameter, type ParameterKind, type ParameterStart, sizeOf } from "@fleuron/model";
import type { SourceNode } from "./read/read-model.js";

export type ParameterRole = ParameterKind;

interface Given {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export class Parameters {
  readonly list: Parameter[] = [];
  readonly values = new Map<string, Float32Array>();
  readonly #builder: GraphBuilder;

  constructor(builder: GraphBuilder) {
    this.#builder = builder;
  }

  /** A parameter of the layer that a node is; statistics are kept as they are. */
  add(node: SourceNode, { name, shape, data }: Given, kind: ParameterRole): Tensor {
    const isStatistic = kind === "movingMean" || kind === "movingVariance";
    return this.#variable(node, { shape, data, kind, trainable: !isStatistic, name });
  }

  /** A large constant that is no weight. */
  fixed(node: SourceNode, { name, shape }: Omit<Given, "data">, data: Float32Array): Tensor {
    return this.#variable(node, { shape, data, kind: "bias", trainable: false, name });
  }

  #variable(
    node: SourceNode,
    { shape, data, kind, trainable, name }: Given & { kind: ParameterKind; trainable: boolean },
  ): Tensor {
    const unique = this.#unused(name === "" ? `${node.name}/${kind}` : name);
    const isKernel = kind === "kernel" && shape.length > 1;
    const convolves = shape.length > 2;
    const [first = 1, second = 1] = shape;
    const taps = sizeOf(shape.slice(2));
    this.list.push({
      name: unique,
      kind,
      shape,
      trainable,
      start: startOf(kind, convolves),
      decays: isKernel,
      fewestBits: !isKernel ? 32 : convolves ? 8 : 4,
      fanIn: !isKernel ? 0 : convolves ? second * taps : first,
      fanOut: !isKernel ? 0 : convolves ? first * taps : second,
    });
    this.values.set(unique, data);
    return this.#builder.variable(unique, shape);
  }

  #unused(name: string): string {
    for (let copy = 1; ; copy++) {
      const candidate = copy === 1 ? name : `${name}_${copy}`;
      if (!this.values.has(candidate) && candidate !== "image") return candidate;
    }
  }
}

function startOf(kind: ParameterKind, convolves: boolean): ParameterStart {
  switch (kind) {
    case "kernel":
      return convolves ? "conv2dKernel" : "denseKernel";
    case "bias":
      return "bias";
    case "gamma":
    case "movingVariance":
      return "ones";
    case "beta":
    case "movingMean":
      return "zeros";
  }
}
