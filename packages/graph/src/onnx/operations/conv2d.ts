import { FleuronError } from "@fleuron/model";
import type { Conv2dAttributes } from "../../operations/conv2d.js";
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering } from "../lowering.js";

type WithSize = Conv2dAttributes & { readonly size: readonly [number, number] };

/** Photos per im2col: so few that its columns stay in a processor's cache. */
const photosPerChunk = 4;

const windowAttributes = ({ strides, pads, dilations, groups }: Conv2dAttributes) => ({
  strides: { ints: strides },
  pads: { ints: pads },
  dilations: { ints: dilations },
  group: { int: groups },
});

export const conv2d: Lowering<Conv2dAttributes> = ({ inputs: [x, kernel], attributes, emit }) => {
  const y = emit.node("Conv", [x.name, kernel.name], windowAttributes(attributes));
  emit.offerBias(y, (bias) => emit.node("Conv", [x.name, kernel.name, bias], windowAttributes(attributes)));
  return [y];
};

/**
 * At stride 1 a convolution with the kernel turned by 180° and its channels exchanged, which runs faster than
 * ConvTranspose; ConvTranspose elsewhere.
 */
export const conv2dInputGradient: Lowering<WithSize> = ({ inputs: [gradient, kernel], attributes, emit }) => {
  const { strides, pads, dilations, groups, size } = attributes;
  const [height, width] = kernel.shape.slice(2) as number[];
  const turned = [height - 1 - pads[0], width - 1 - pads[1], height - 1 - pads[2], width - 1 - pads[3]];
  const plain = [...strides, ...dilations, groups].every((value) => value === 1);
  if (plain && turned.every((pad) => pad >= 0)) {
    const exchanged = emit.node("Transpose", [kernel.name], { perm: { ints: [1, 0, 2, 3] } });
    const [start, end, step] = [
      emit.ints([-1, -1]),
      emit.ints([-height - 1, -width - 1]),
      emit.ints([-1, -1]),
    ];
    const rotated = emit.node("Slice", [exchanged, start, end, emit.ints([2, 3]), step]);
    return [emit.node("Conv", [gradient.name, rotated], { pads: { ints: turned } })];
  }
  const reached = (axis: 0 | 1) =>
    ((gradient.shape[axis + 2] as number) - 1) * strides[axis] +
    ((kernel.shape[axis + 2] as number) - 1) * dilations[axis] +
    1 -
    pads[axis] -
    pads[axis + 2];
  const left = { ints: [size[0] - reached(0), size[1] - reached(1)] };
  const transposed = { ...windowAttributes(attributes), output_padding: left };
  return [emit.node("ConvTranspose", [gradient.name, kernel.name], transposed)];
};

/**
 * Explicit im2col of the input, transposed to channels first, times the output's gradient: one Slice per tap
 * of the kernel, then Gemm. In chunks of a few photos, summed through Gemm's third input.
 */
export const conv2dKernelGradient: Lowering<WithSize> = ({ inputs: [x, gradient], attributes, emit }) => {
  const { pads, groups } = attributes;
  const padded = pads.some((pad) => pad > 0)
    ? emit.node("Pad", [x.name, emit.ints([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]])])
    : x.name;
  const channels = x.shape[1] as number;
  const outputs = gradient.shape[1] as number;
  const parts = Array.from({ length: groups }, (_, group) =>
    groupGradient(emit, {
      x: slice(emit, padded, 1, (group * channels) / groups, ((group + 1) * channels) / groups, channels),
      gradient: slice(
        emit,
        gradient.name,
        1,
        (group * outputs) / groups,
        ((group + 1) * outputs) / groups,
        outputs,
      ),
      channels: channels / groups,
      outputs: outputs / groups,
      gradientShape: gradient.shape,
      attributes,
    }),
  );
  return [parts.length === 1 ? parts[0] : emit.node("Concat", parts, { axis: { int: 0 } })];
};

interface GroupArguments {
  readonly x: string;
  readonly gradient: string;
  readonly channels: number;
  readonly outputs: number;
  readonly gradientShape: Shape;
  readonly attributes: WithSize;
}

function groupGradient(emit: OnnxEmitter, group: GroupArguments): string {
  const { channels, outputs, gradientShape, attributes } = group;
  const [batch, , rows, columns] = gradientShape;
  const { size, strides, dilations } = attributes;
  const chunks = typeof batch === "number" ? Math.ceil(batch / photosPerChunk) : 1;
  const span = [((rows as number) - 1) * strides[0] + 1, ((columns as number) - 1) * strides[1] + 1];
  const transposed = (name: string) => emit.node("Transpose", [name], { perm: { ints: [1, 0, 2, 3] } });

  let total: string | undefined;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const begin = chunk * photosPerChunk;
    const end = chunks === 1 ? Number.MAX_SAFE_INTEGER : Math.min(begin + photosPerChunk, batch as number);
    const part = (name: string) => (chunks === 1 ? name : slice(emit, name, 0, begin, end));
    const image = transposed(part(group.x));
    const taps: string[] = [];
    for (let i = 0; i < size[0]; i++) {
      for (let j = 0; j < size[1]; j++) {
        const [top, left] = [i * dilations[0], j * dilations[1]];
        const bounds = [emit.ints([top, left]), emit.ints([top + span[0], left + span[1]])];
        taps.push(emit.node("Slice", [image, ...bounds, emit.ints([2, 3]), emit.ints(strides)]));
      }
    }
    const columnsOfTaps = taps.length === 1 ? taps[0] : emit.node("Concat", taps, { axis: { int: 0 } });
    const matrix = emit.node("Reshape", [columnsOfTaps, emit.ints([size[0] * size[1] * channels, -1])]);
    const slopes = emit.node("Reshape", [transposed(part(group.gradient)), emit.ints([outputs, -1])]);
    total = emit.node("Gemm", total ? [slopes, matrix, total] : [slopes, matrix], { transB: { int: 1 } });
  }
  if (!total) throw new FleuronError("graph-shape", "conv2dKernelGradient: the batch is empty.");
  const taps = emit.node("Reshape", [total, emit.ints([outputs, size[0], size[1], channels])]);
  return emit.node("Transpose", [taps], { perm: { ints: [0, 3, 1, 2] } });
}

/** Part of an axis; the tensor itself when the part is all of `length`. */
function slice(
  emit: OnnxEmitter,
  name: string,
  axis: number,
  begin: number,
  end: number,
  length?: number,
): string {
  if (begin === 0 && end === length) return name;
  return emit.node("Slice", [name, emit.ints([begin]), emit.ints([end]), emit.ints([axis])]);
}
