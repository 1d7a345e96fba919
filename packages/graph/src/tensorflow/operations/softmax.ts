import { rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";

type NoAttributes = Record<string, never>;

const float32 = { T: { type: "float32" } } as const;

export const softmax: Lowering<NoAttributes> = ({ inputs: [logits], emit }) => {
  const layout = rowMajor(logits.shape);
  return [{ name: emit.node("Softmax", [logits.in(layout)], float32), layout }];
};

export const softmaxCrossEntropy: Lowering<NoAttributes> = ({ inputs, outputs: [{ shape }], emit }) => {
  const tensors = inputs.map((input) => input.in(rowMajor(input.shape)));
  return [{ name: emit.node("SoftmaxCrossEntropyWithLogits", tensors, float32), layout: rowMajor(shape) }];
};

/** Not the second output of TensorFlow's cross-entropy, which takes it for granted that targets sum to 1. */
export const softmaxCrossEntropyGradient: Lowering<NoAttributes> = ({ inputs: [logits, targets], emit }) => {
  const layout = rowMajor(logits.shape);
  const [features, labels] = [logits.in(layout), targets.in(layout)];
  const totals = emit.node("Sum", [labels, emit.ints([1])], {
    ...float32,
    Tidx: { type: "int32" },
    keep_dims: { bool: true },
  });
  const weighted = emit.node("Mul", [emit.node("Softmax", [features], float32), totals], float32);
  return [{ name: emit.node("Sub", [weighted, labels], float32), layout }];
};
