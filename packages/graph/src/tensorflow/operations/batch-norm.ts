// Batch normalisation through TensorFlow's fused kernels, which take N,H,W,C: other ranks become [rows, 1, 1, channels].
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, physicalShape, rowMajor } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import { nodeOf, type TensorflowDType } from "../node.js";
import type { LaidOut, TensorflowValue } from "../value.js";

const options = (T: TensorflowDType, epsilon: number, training: boolean) =>
  ({
    T: { type: T },
    U: { type: "float32" },
    epsilon: { float: epsilon },
    data_format: { string: "NHWC" },
    is_training: { bool: training },
  }) as const;

function asImages(emit: TensorflowEmitter, x: TensorflowValue, stored: TensorflowDType): string {
  const name = x.in(channelsLast(x.shape), stored);
  return x.shape.length === 4 ? name : emit.reshape(name, stored, ["rows", 1, 1, x.shape[1]!]);
}

function fromImages(emit: TensorflowEmitter, name: string, x: TensorflowValue): LaidOut {
  const layout = channelsLast(x.shape);
  const whole = x.shape.length === 4 ? name : emit.reshape(name, x.stored, physicalShape(layout));
  return { name: whole, layout, stored: x.stored };
}

const perChannel = (value: TensorflowValue): string => value.in(rowMajor(value.shape));

/** The kernel's own saved tensors are the opaque outputs; its third one is found through their node. */
export const batchNorm: Lowering<"batchNorm"> = forTraining(
  ({ inputs: [x, ...rest], attributes: { epsilon }, emit }) => {
    const none = emit.floats([], [0]);
    const tensors = [asImages(emit, x, x.stored), ...rest.map(perChannel), none, none];
    const node = emit.node("FusedBatchNormV3", tensors, options(x.stored, epsilon, true));
    const layout = rowMajor([x.shape[1]!]);
    const statistic = (output: number) => ({ name: `${node}:${output}`, layout });
    return [fromImages(emit, node, x), statistic(1), statistic(2), statistic(3), statistic(4)];
  },
);

export const batchNormGradient: Lowering<"batchNormGradient"> = forTraining(
  ({ inputs: [gradient, x, ...rest], attributes: { epsilon }, emit }) => {
    const [gamma, mean, variance] = [perChannel(rest[0]), perChannel(rest[1]), perChannel(rest[2])];
    const saved = [mean, variance, `${nodeOf(mean)}:5`];
    const tensors = [asImages(emit, gradient, x.stored), asImages(emit, x, x.stored), gamma, ...saved];
    const node = emit.node("FusedBatchNormGradV3", tensors, options(x.stored, epsilon, true));
    const layout = rowMajor([x.shape[1]!]);
    return [fromImages(emit, node, x), { name: `${node}:1`, layout }, { name: `${node}:2`, layout }];
  },
);

export const batchNormInference: Lowering<"batchNormInference"> = ({
  inputs: [x, ...rest],
  attributes: { epsilon },
  emit,
}) => {
  const tensors = [asImages(emit, x, x.stored), ...rest.map(perChannel)];
  return [fromImages(emit, emit.node("FusedBatchNormV3", tensors, options(x.stored, epsilon, false)), x)];
};
