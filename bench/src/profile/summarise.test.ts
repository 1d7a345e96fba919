import { expect, it } from "vitest";
import type { ProfiledNode } from "./profiled-node.js";
import { summariseStep } from "./summarise.js";

const node = (
  name: string,
  operator: string,
  ms: number,
  inputs: number[][],
  output: number[],
): ProfiledNode => ({
  cat: "Node",
  name: `${name}_kernel_time`,
  dur: ms * 1000,
  args: {
    op_name: operator,
    input_type_shape: inputs.map((float) => ({ float })),
    output_type_shape: [{ float: output }],
  },
});

const nodes = [
  node("conv1/Conv", "FusedConv", 40, [[32, 3, 100, 100], [64, 3, 5, 5], [64]], [32, 64, 50, 50]),
  node("fused dense1/Gemm", "FusedGemm", 10, [[32, 1000], [1000, 500], [500]], [32, 500]),
  node(
    "gradient/dense1/kernel",
    "Gemm",
    10,
    [
      [32, 1000],
      [32, 500],
    ],
    [1000, 500],
  ),
  node(
    "gradient/dense1/FusedMatMul",
    "FusedMatMul",
    5,
    [
      [8, 32, 64],
      [16, 64],
    ],
    [8, 32, 16],
  ),
  node("gradient/dense1/Reshape", "Reshape", 5, [[1000, 500]], [500_000]),
  node("Softmax", "Softmax", 0.1, [[32, 5]], [32, 5]),
];
const profile = summariseStep(
  { stepMs: 100, updateMs: 20, nodes },
  { gflops: 100, gigabytesPerSecond: 10 },
  20e6,
);

it("says of each layer what its arithmetic and its memory traffic would take", () => {
  const [conv, forward, backward] = profile.byLayer;
  expect(conv).toMatchObject({ what: "conv1, forward", ms: 40, share: 0.4 });
  expect(conv!.gflop).toBeCloseTo((2 * 32 * 64 * 50 * 50 * 75) / 1e9, 10);
  expect(conv!.shareOfRate).toBeCloseTo(0.768 / 100 / 0.04, 10);
  expect(forward!.gflop).toBeCloseTo((2 * 32 * 1000 * 500) / 1e9, 10);
  expect(forward!.memoryMs).toBeCloseTo((4 * (32_000 + 500_000 + 500 + 16_000)) / 10e6, 10);
  expect(backward).toMatchObject({ what: "dense1, backward", ms: 20 });
  expect(backward!.gflop).toBeCloseTo((2 * 32 * 1000 * 500 + 2 * 8 * 32 * 64 * 16) / 1e9, 10);
});

it("leaves nothing of the step out", () => {
  for (const rows of [profile.byLayer, profile.byOperator])
    expect(rows.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(100, 10);
  expect(profile.byOperator.slice(-3).map(({ what }) => what)).toEqual([
    "1 others",
    "the update",
    "between nodes",
  ]);
});
