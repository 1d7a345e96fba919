// Convolutions of stride 1 by Winograd's minimal filtering, for training on a CPU: 2 to 4 times fewer
// multiplications. With `lift` and `drop` of matrices.ts along both axes and U the transformed kernel:
//   y  = drop(lift(x) · Uᵀ)         ∂x = lift'(drop'(∂y) · U)         ∂U = drop'(∂y)ᵀ · lift(x)
// where ' is the transpose. The three share lift(x), drop'(∂y) and U: the emitter gives equal nodes one result.
import type { Conv2dAttributes } from "../../operations/window.js";
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import { kernelTransform, type Matrix, products, winogradRow } from "./matrices.js";

/** Fewer channels than this do not pay for the transforms. */
const fewestChannels = 16;

interface Plan {
  readonly emit: OnnxEmitter;
  readonly batch: number;
  readonly channels: number;
  readonly filters: number;
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  readonly taps: number;
  /** Outputs per tile. */
  readonly perTile: number;
  readonly points: number;
  /** Along the height, then along the width. */
  readonly rows: readonly [ReturnType<typeof winogradRow>, ReturnType<typeof winogradRow>];
}

/** A convolution of stride 1 by its shapes, and the outputs of a tile along an axis. */
export interface Problem {
  readonly x: Shape<number, 4>;
  readonly kernel: Shape<number, 4>;
  readonly output: Shape<number, 4>;
  readonly pads: Conv2dAttributes["pads"];
  readonly perTile: number;
}

/** Whether there are so many channels that the transforms pay. */
export const hasManyChannels = ({ x, kernel }: Pick<Problem, "x" | "kernel">): boolean =>
  Math.min(x[1], kernel[0]) >= fewestChannels;

function plan(emit: OnnxEmitter, { x, kernel, output, pads, perTile }: Problem): Plan {
  const [batch, channels, height, width] = x;
  const [filters, , taps] = kernel;
  const [input, outputs] = [
    [height, width],
    [output[2], output[3]],
  ] as const;
  const row = (axis: 0 | 1) =>
    winogradRow({
      outputsPerTile: perTile,
      taps,
      size: input[axis],
      pad: pads[axis],
      outputs: outputs[axis],
    });
  return {
    emit,
    batch,
    channels,
    filters,
    input,
    output: outputs,
    taps,
    perTile,
    points: products(perTile, taps),
    rows: [row(0), row(1)],
  };
}

/** The matrix of each axis, and how many tiles there are along it. */
function matrices({ emit, rows: [height, width] }: Plan, along: "lift" | "drop") {
  return {
    vertical: constant(emit, height[along]),
    horizontal: constant(emit, width[along]),
    tilesDown: height.tiles,
    tilesAcross: width.tiles,
  };
}

/** Images [N, C, H, W] to points [n², tiles·N, C], by a matrix [n·tiles × length] along each axis. */
function toPoints(
  p: Plan,
  image: string,
  channels: number,
  size: readonly [number, number],
  along: "lift" | "drop",
) {
  const { emit, batch, points } = p;
  const { vertical, horizontal, tilesDown, tilesAcross } = matrices(p, along);
  const lines = emit.node("Reshape", [image, emit.ints([batch * channels * size[0], size[1]])]);
  const across = emit.node("Gemm", [horizontal, lines], { transB: { int: 1 } });
  const columns = emit.node("Reshape", [
    across,
    emit.ints([points, tilesAcross * batch * channels, size[0]]),
  ]);
  const down = fusedMatMul(emit, vertical, columns, { transB: { int: 1 } });
  return emit.node("Reshape", [down, emit.ints([points ** 2, tilesDown * tilesAcross * batch, channels])]);
}

/** The transpose of `toPoints`; a `bias` [N·C·H, 1] is added on the way. */
function fromPoints(
  p: Plan,
  values: string,
  channels: number,
  size: readonly [number, number],
  along: "lift" | "drop",
  bias?: string,
) {
  const { emit, batch, points } = p;
  const { vertical, horizontal, tilesDown, tilesAcross } = matrices(p, along);
  const stacked = emit.node("Reshape", [
    values,
    emit.ints([points, points * tilesDown, tilesAcross * batch * channels]),
  ]);
  const down = fusedMatMul(emit, stacked, vertical, { transA: { int: 1 } });
  const lines = emit.node("Reshape", [down, emit.ints([points * tilesAcross, batch * channels * size[0]])]);
  const across = emit.node("Gemm", [lines, horizontal, ...(bias ? [bias] : [])], { transA: { int: 1 } });
  return emit.node("Reshape", [across, emit.ints([batch, channels, ...size])]);
}

/** Kernels [K, C, r, r] at the points: [n², K, C]. */
function kernelPoints({ emit, filters, channels, taps, perTile, points }: Plan, kernel: string): string {
  const flat = emit.node("Reshape", [kernel, emit.ints([filters * channels, taps ** 2])]);
  const transform = constant(emit, kernelTransform(perTile, taps));
  const transformed = emit.node("Gemm", [transform, flat], { transB: { int: 1 } });
  return emit.node("Reshape", [transformed, emit.ints([points ** 2, filters, channels])]);
}

/** The convolution of an image with a kernel, both by name. */
export function winogradConv2d(emit: OnnxEmitter, problem: Problem, x: string, kernel: string): string {
  const p = plan(emit, problem);
  const { batch, filters, output } = p;
  const lifted = toPoints(p, x, p.channels, p.input, "lift");
  const multiplied = fusedMatMul(emit, lifted, kernelPoints(p, kernel), { transB: { int: 1 } });
  const y = fromPoints(p, multiplied, filters, output, "drop");
  emit.offerBias(y, (bias) => {
    const repeated = emit.node("Expand", [
      emit.node("Reshape", [bias, emit.ints([1, -1, 1])]),
      emit.ints([batch, filters, output[0]]),
    ]);
    const perRow = emit.node("Reshape", [repeated, emit.ints([-1, 1])]);
    return fromPoints(p, multiplied, filters, output, "drop", perRow);
  });
  return y;
}

/** The gradient of the image. */
export function winogradInputGradient(
  emit: OnnxEmitter,
  problem: Problem,
  gradient: string,
  kernel: string,
): string {
  const p = plan(emit, problem);
  const dropped = toPoints(p, gradient, p.filters, p.output, "drop");
  const multiplied = emit.node("MatMul", [dropped, kernelPoints(p, kernel)]);
  return fromPoints(p, multiplied, p.channels, p.input, "lift");
}

/** The gradient of the kernel. */
export function winogradKernelGradient(
  emit: OnnxEmitter,
  problem: Problem,
  x: string,
  gradient: string,
): string {
  const p = plan(emit, problem);
  const lifted = toPoints(p, x, p.channels, p.input, "lift");
  const dropped = toPoints(p, gradient, p.filters, p.output, "drop");
  const perPoint = fusedMatMul(emit, dropped, lifted, { transA: { int: 1 } });
  const flat = emit.node("Reshape", [perPoint, emit.ints([p.points ** 2, p.filters * p.channels])]);
  const transform = constant(emit, kernelTransform(p.perTile, p.taps));
  const taps = emit.node("Gemm", [flat, transform], { transA: { int: 1 } });
  return emit.node("Reshape", [taps, emit.ints([p.filters, p.channels, p.taps, p.taps])]);
}

const constant = (emit: OnnxEmitter, { rows, columns, data }: Matrix): string =>
  emit.floats(data, [rows, columns]);

/** MatMul that transposes without a copy. */
const fusedMatMul = (
  emit: OnnxEmitter,
  a: string,
  b: string,
  attributes: { [flag: string]: { int: number } },
) => emit.node("FusedMatMul", [a, b], attributes, { domain: "com.microsoft" });
