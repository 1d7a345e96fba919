import { channelsLast, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";

export const biasAdd: Lowering<"biasAdd"> = ({ inputs: [x, bias], emit }) => {
  const layout = channelsLast(x.shape);
  const { stored } = x;
  const tensors = [x.in(layout, stored), bias.in(rowMajor(bias.shape), stored)];
  const attributes = { T: { type: stored }, data_format: { string: "NHWC" } } as const;
  return [{ name: emit.node("BiasAdd", tensors, attributes), layout, stored }];
};
