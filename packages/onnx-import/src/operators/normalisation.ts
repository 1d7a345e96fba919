import {
  add,
  averagePool,
  batchNorm,
  batchNormInference,
  constant,
  divide,
  isKnown,
  knownShape,
  multiply,
  power,
  reduceMean,
  reshape,
  sqrt,
  subtract,
  type Tensor,
} from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { live, type NodeContext } from "../context.js";
import type { Live } from "../value.js";
import type { OperatorTable } from "./table.js";

export const normalisation: OperatorTable = {
  BatchNormalization(context) {
    const { attributes, opset } = context;
    const epsilon = attributes.float("epsilon", 1e-5);
    const x = context.tensor(0);
    const [gamma, beta] = [
      context.parameter(context.value(1), "gamma"),
      context.parameter(context.value(2), "beta"),
    ];
    const trains =
      opset >= 14
        ? attributes.int("training_mode", 0) === 1
        : opset < 7 && attributes.int("is_test", 0) === 0;
    if (trains && opset >= 14) {
      if (context.value(0).type === "constant" || isKnown(x.shape)) {
        // Exporters standardise weights by it: what they give to it is a batch of its own.
        const { y } = batchNorm(x, gamma, beta, { epsilon });
        return context.node.outputs.length === 1 ? live(y) : [live(y), ...movedStatistics(context, x)];
      }
      context.unsupported(
        "normalises by the photos of a batch, so that a photo's answer depends on the others",
        "The network was exported in training form: export it for inference (in PyTorch after .eval()).",
      );
    }
    const mean = context.parameter(context.value(3), "movingMean");
    const variance = context.parameter(context.value(4), "movingVariance");
    return [live(batchNormInference(x, { gamma, beta, mean, variance }, { epsilon }))];
  },

  LayerNormalization(context) {
    const x = context.tensor(0);
    const axis = context.axis(context.attributes.int("axis", -1), x.shape.length);
    const axes = x.shape.flatMap((_, each) => (each >= axis ? [each] : []));
    const epsilon = context.attributes.float("epsilon", 1e-5);
    const { normalised, mean, deviation } = standardised(context, x, axes, epsilon);
    const scaled = multiply(normalised, context.parameter(context.value(1), "gamma"));
    const shift = context.optional(2);
    const y = shift ? add(scaled, context.parameter(shift, "beta")) : scaled;
    if (context.node.outputs.length === 1) return live(y);
    return [y, mean, divide(constant(context.builder, 1), deviation)].map(live);
  },

  InstanceNormalization(context) {
    const x = context.tensor(0);
    const axes = x.shape.flatMap((_, axis) => (axis > 1 ? [axis] : []));
    const { normalised } = standardised(context, x, axes, context.attributes.float("epsilon", 1e-5));
    const spread = (channels: Tensor) => reshape(channels, [channels.shape[0]!, ...axes.map(() => 1)]);
    const gamma = spread(context.parameter(context.value(1), "gamma"));
    const beta = spread(context.parameter(context.value(2), "beta"));
    return live(add(multiply(normalised, gamma), beta));
  },

  GroupNormalization(context) {
    const x = context.tensor(0);
    const groups = context.attributes.int("num_groups", undefined) ?? context.invalid("has no 'num_groups'");
    const [, channels, ...spatial] = knownShape("GroupNormalization", x.shape.slice(1)).toSpliced(0, 0, 0);
    const grouped = reshape(x, [x.shape[0]!, groups, (channels! / groups) * sizeOf(spatial)]);
    const { normalised } = standardised(context, grouped, [2], context.attributes.float("epsilon", 1e-5));
    // Before opset 21 there was one number for a group.
    const perGroup = context.opset < 21;
    const spread = (tensor: Tensor) =>
      perGroup ? reshape(tensor, [groups, 1]) : reshape(tensor, [channels!, ...spatial.map(() => 1)]);
    const gamma = spread(context.parameter(context.value(1), "gamma"));
    const beta = spread(context.parameter(context.value(2), "beta"));
    const back = (tensor: Tensor) => reshape(tensor, x.shape);
    return live(
      perGroup ? back(add(multiply(normalised, gamma), beta)) : add(multiply(back(normalised), gamma), beta),
    );
  },

  LRN(context) {
    const { attributes } = context;
    const x = context.tensor(0);
    const size = attributes.int("size", undefined) ?? context.invalid("has no 'size'");
    const [channels, ...spatial] = knownShape("LRN", x.shape.slice(1));
    if (!(size >= 1 && size < 2 * channels!)) context.invalid(`has a 'size' of ${size}`);
    // Channels as the rows of an image of one channel: a window over them is an average pool.
    const rows = reshape(multiply(x, x), [x.shape[0]!, 1, channels!, sizeOf(spatial)]);
    const before = Math.floor((size - 1) / 2);
    const mean = averagePool(rows, {
      kernelSize: [size, 1],
      strides: [1, 1],
      pads: [before, 0, size - 1 - before, 0],
      countPadding: true,
    });
    const number = (value: number) => constant(context.builder, value);
    const base = add(
      multiply(mean, number(attributes.float("alpha", 1e-4))),
      number(attributes.float("bias", 1)),
    );
    return live(divide(x, reshape(power(base, number(attributes.float("beta", 0.75))), x.shape)));
  },
};

/** (x − mean) ÷ √(variance + ε) over axes. */
function standardised(context: NodeContext, x: Tensor, axes: readonly number[], epsilon: number) {
  const { mean, centred, variance } = moments(x, axes);
  const deviation = sqrt(add(variance, constant(context.builder, epsilon)));
  return { normalised: divide(centred, deviation), mean, deviation };
}

function moments(x: Tensor, axes: readonly number[]) {
  const along = { axes, keepDimensions: true };
  const mean = reduceMean(x, along);
  const centred = subtract(x, mean);
  return { mean, centred, variance: reduceMean(multiply(centred, centred), along) };
}

/** The moving mean and variance after this batch. */
function movedStatistics(context: NodeContext, x: Tensor): readonly Live[] {
  const momentum = constant(context.builder, context.attributes.float("momentum", 0.9));
  const rest = constant(context.builder, 1 - context.attributes.float("momentum", 0.9));
  const { mean, variance } = moments(
    x,
    x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])),
  );
  return [mean, variance].map((ofBatch, index) => {
    const before = context.parameter(context.value(3 + index), index === 0 ? "movingMean" : "movingVariance");
    return live(add(multiply(before, momentum), multiply(reshape(ofBatch, before.shape), rest)));
  });
}
