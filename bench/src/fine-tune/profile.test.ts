import { expect, it } from "vitest";
import { linesOf, type ProfiledNode } from "./profile.js";

const of = (name: string, operator: string, milliseconds: number, kernel: number[] = []): ProfiledNode => ({
  cat: "Node",
  name: `${name}_kernel_time`,
  dur: milliseconds * 1000,
  args: { op_name: operator, input_type_shape: [{ float: [16, 8, 9, 7] }, { float: kernel }] },
});

it("counts what a layer's gradient is made of by the layer, and leaves the first step out", () => {
  const step = [
    of("layers/3/Conv", "FusedConv", 10, [8, 1, 3, 3]),
    of("layers/4/Conv", "Conv", 20, [24, 8, 1, 1]),
    of("gradient/layers/4/MatMul", "FusedMatMul", 5),
    of("gradient/layers/3/Slice_2", "Slice", 7),
    of("gradient/layers/3/ReduceSum", "ReduceSum", 4),
    of("gradient/layers/3/ConvTranspose", "ConvTranspose", 9, [8, 1, 3, 3]),
    of("gradient/relu/Mul", "Mul", 15),
  ];
  const slow = step.map((node) => ({ ...node, dur: 10 * node.dur }));
  const lines = linesOf([...slow, ...step, ...step, ...step, ...step], 100);
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
