import { rowMajor } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";

const float32 = { T: { type: "float32" } } as const;
const sum = { ...float32, Tidx: { type: "int32" } } as const;

export const softmax: Lowering<"softmax"> = ({ inputs: [logits], emit }) => {
  const layout = rowMajor(logits.shape);
  return [{ name: emit.node("Softmax", [logits.in(layout)], float32), layout }];
};

export const logSoftmax: Lowering<"logSoftmax"> = ({ inputs: [logits], emit }) => {
  const layout = rowMajor(logits.shape);
  return [{ name: emit.node("LogSoftmax", [logits.in(layout)], float32), layout }];
};

/**
 * Not TensorFlow's SoftmaxCrossEntropyWithLogits: on a GPU it refuses to run where operations are to be deterministic, and
 * its gradient takes it for granted that targets sum to 1.
 */
export const softmaxCrossEntropy: Lowering<"softmaxCrossEntropy"> = forTraining(
  ({ inputs: [logits, targets], outputs: [{ shape }], emit }) => {
    const logProbabilities = emit.node("LogSoftmax", [logits.in(rowMajor(logits.shape))], float32);
    const products = emit.node("Mul", [targets.in(rowMajor(targets.shape)), logProbabilities], float32);
    const sums = emit.node("Sum", [products, emit.ints([1])], { ...sum, keep_dims: { bool: false } });
    return [{ name: emit.node("Neg", [sums], float32), layout: rowMajor(shape) }];
  },
);

export const softmaxCrossEntropyGradient: Lowering<"softmaxCrossEntropyGradient"> = ({
  inputs: [logits, targets],
  emit,
}) => {
  const layout = rowMajor(logits.shape);
  const [features, labels] = [logits.in(layout), targets.in(layout)];
  const totals = emit.node("Sum", [labels, emit.ints([1])], { ...sum, keep_dims: { bool: true } });
  const weighted = emit.node("Mul", [emit.node("Softmax", [features], float32), totals], float32);
  return [{ name: emit.node("Sub", [weighted, labels], float32), layout }];
};
