import { FleuronError } from "@fleuron/model";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { NodeBuilder, Tensor } from "../operation.js";
import { defineOperation } from "../operation.js";
import { float32 } from "../shapes.js";

/** A float32 scalar that is known when the graph is built. ONNX: an initializer. */
export const constantOperation = defineOperation<{ value: number }, [], [0]>({
  name: "constant",
  inputs: [],
  infer(_, { value }) {
    // Neither JSON, which graphs are, nor the comparison of equal nodes can tell these apart.
    if (!Number.isFinite(value)) {
      throw new FleuronError("graph-invalid", `A constant must be finite but is ${value}.`);
    }
    return [float32([])];
  },
  gradient: () => [],
  evaluate: (_, { value }) => [referenceTensor([], [value])],
});

export const constant = (builder: NodeBuilder, value: number): Tensor =>
  builder.apply(constantOperation, [], { value })[0];
