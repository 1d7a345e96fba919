import type { Lowering } from "../lowering.js";

export const softmaxCrossEntropy: Lowering<"softmaxCrossEntropy"> = ({ inputs: [logits, targets], emit }) => {
  const logProbabilities = emit.node("LogSoftmax", [logits.name], { axis: { int: 1 } });
  const products = emit.node("Mul", [targets.name, logProbabilities]);
  const sums = emit.node("ReduceSum", [products, emit.ints([1])], { keepdims: { int: 0 } });
  return [emit.node("Neg", [sums])];
};

export const softmaxCrossEntropyGradient: Lowering<"softmaxCrossEntropyGradient"> = ({
  inputs: [logits, targets],
  emit,
}) => {
  const probabilities = emit.node("Softmax", [logits.name], { axis: { int: 1 } });
  const totals = emit.node("ReduceSum", [targets.name, emit.ints([1])], { keepdims: { int: 1 } });
  return [emit.node("Sub", [emit.node("Mul", [probabilities, totals]), targets.name])];
};
