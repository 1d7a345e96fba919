import { expect, it } from "vitest";
import type { ProfiledNode } from "../profile/profiled-node.js";
import { linesOf } from "./profile.js";

const of = (name: string, operator: string, milliseconds: number, kernel: number[] = []): ProfiledNode => ({
  cat: "Node",
  name: `${name}_kernel_time`,
  dur: milliseconds * 1000,
  args: { op_name: operator, input_type_shape: [{ float: [16, 8, 9, 7] }, { float: kernel }] },
});

it("counts what a layer's gradient is made of by the layer", () => {
  const step = [
    of("layers/3/Conv", "FusedConv", 10, [8, 1, 3, 3]),
    of("layers/4/Conv", "Conv", 20, [24, 8, 1, 1]),
    of("gradient/layers/4/MatMul", "FusedMatMul", 5),
    of("gradient/layers/3/Slice_2", "Slice", 7),
    of("gradient/layers/3/ReduceSum", "ReduceSum", 4),
    of("gradient/layers/3/ConvTranspose", "ConvTranspose", 9, [8, 1, 3, 3]),
    of("gradient/relu/Mul", "Mul", 15),
  ];
  const times = (factor: number) => step.map((node) => ({ ...node, dur: factor * node.dur }));
  const lines = linesOf([
    { stepMs: 60, updateMs: 5, nodes: times(0.5) },
    { stepMs: 140, updateMs: 5, nodes: times(1.5) },
  ]);
  expect(Object.fromEntries(lines.map(({ what, ms }) => [what, Math.round(ms)]))).toEqual({
    "other convolutions, forward": 20,
    "Mul, gradients": 15,
    "depthwise, gradient of its kernel": 11,
    "depthwise, forward": 10,
    "depthwise, gradient of its input": 9,
    "other convolutions, gradient of their kernel": 5,
    "the update and all else": 30,
  });
});
