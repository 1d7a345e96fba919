// A workgroup owns a channel: it sums over the channel's elements, then passes over them again.
import { sizeOf } from "@fleuron/model";
import type { Shape } from "../../types.js";
import { channelIndex } from "../indices.js";
import type { Kernel } from "../kernel.js";
import { lanesFor, workgroupTotal } from "../kernels/workgroup-total.js";
import type { Lowering } from "../lowering.js";
import { float } from "../wgsl.js";

/** A kernel over the channels of [batch, channels, …]; `statements` are given what passes over a channel's elements. */
function perChannel(
  [batch, channels, ...spatial]: Shape<number>,
  statements: (count: number, eachElement: (statements: string) => string) => string,
): Kernel {
  const pixels = sizeOf(spatial);
  const count = batch! * pixels;
  const lanes = lanesFor(count);
  const eachElement = (inside: string) => `
for (var e = lane; e < ${count}u; e += ${lanes}u) {
  let i = (e / ${pixels}u * ${channels}u + group) * ${pixels}u + e % ${pixels}u;
  ${inside}
}`;
  const invocation = statements(count, eachElement);
  return { work: { workgroups: channels!, lanes, invocation }, declarations: workgroupTotal(lanes) };
}

export const batchNorm: Lowering<"batchNorm"> = {
  kernels({ inputs: [x, gamma, beta], outputs, attributes: { epsilon } }) {
    const [y, mean, variance, opaqueMean, opaqueInverse] = outputs;
    const kernel = perChannel(
      x.shape,
      (count, eachElement) => `
var sum = 0.0;
${eachElement(`sum += ${x.load("i")};`)}
let mean = total(lane, vec2f(sum, 0.0)).x / ${float(count)};
sum = 0.0;
${eachElement(`let centred = ${x.load("i")} - mean; sum += centred * centred;`)}
let squares = total(lane, vec2f(sum, 0.0)).x;
let inverse = 1.0 / sqrt(squares / ${float(count)} + ${float(epsilon)});
if (lane == 0u) {
  ${mean.store("group", "mean")}
  ${variance.store("group", `squares / ${float(Math.max(count - 1, 1))}`)}
  ${opaqueMean.store("group", "mean")}
  ${opaqueInverse.store("group", "inverse")}
}
let scale = ${gamma.load("group")};
let shift = ${beta.load("group")};
${eachElement(y.store("i", `(${x.load("i")} - mean) * inverse * scale + shift`))}`,
    );
    return [kernel];
  },
};

export const batchNormGradient: Lowering<"batchNormGradient"> = {
  kernels({
    inputs: [gradient, x, gamma, mean, inverse],
    outputs: [xGradient, gammaGradient, betaGradient],
  }) {
    const kernel = perChannel(x.shape, (count, eachElement) => {
      const normalised = `(${x.load("i")} - mean) * inverse`;
      return `
let mean = ${mean.load("group")};
let inverse = ${inverse.load("group")};
var sums = vec2f();
${eachElement(`let dy = ${gradient.load("i")}; sums += vec2f(dy, dy * ${normalised});`)}
sums = total(lane, sums);
if (lane == 0u) {
  ${betaGradient.store("group", "sums.x")}
  ${gammaGradient.store("group", "sums.y")}
}
let means = sums / ${float(count)};
let scale = ${gamma.load("group")} * inverse;
${eachElement(xGradient.store("i", `scale * (${gradient.load("i")} - means.x - ${normalised} * means.y)`))}`;
    });
    return [kernel];
  },
};

export const batchNormInference: Lowering<"batchNormInference"> = {
  element({ inputs: [x, gamma, beta, mean, variance], attributes: { epsilon } }, index) {
    const channel = channelIndex(x.shape, index);
    const scale = `${gamma.load(channel)} / sqrt(${variance.load(channel)} + ${float(epsilon)})`;
    return `((${x.load(index)} - ${mean.load(channel)}) * (${scale}) + ${beta.load(channel)})`;
  },
};
