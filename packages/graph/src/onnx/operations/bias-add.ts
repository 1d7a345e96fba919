import type { Lowering } from "../lowering.js";

/** Becomes the bias input of the Conv or Gemm that it follows, where there is one: a pass less over the data. */
export const biasAdd: Lowering<Record<string, never>> = ({ inputs: [x, bias], emit }) => {
  const producer = emit.producer(x.name);
  if (producer && ["Conv", "Gemm"].includes(producer.opType) && producer.inputs.length === 2) {
    return [emit.node(producer.opType, [...producer.inputs, bias.name], producer.attributes)];
  }
  const trailing = x.shape.slice(2).map(() => 1);
  const spread =
    trailing.length > 0 ? emit.node("Reshape", [bias.name, emit.ints([1, -1, ...trailing])]) : bias.name;
  return [emit.node("Add", [x.name, spread])];
};
