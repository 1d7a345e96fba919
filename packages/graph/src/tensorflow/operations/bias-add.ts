import { channelsLast, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";

export const biasAdd: Lowering<Record<string, never>> = ({ inputs: [x, bias], emit }) => {
  const layout = channelsLast(x.shape);
  const tensors = [x.in(layout), bias.in(rowMajor(bias.shape))];
  const attributes = { T: { type: "float32" }, data_format: { string: "NHWC" } } as const;
  return [{ name: emit.node("BiasAdd", tensors, attributes), layout }];
};
