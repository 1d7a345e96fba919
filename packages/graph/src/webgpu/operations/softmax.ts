// An invocation each for the few classes of a photo.
import { sizeOf } from "@fleuron/model";
import type { Kernel, KernelTensor } from "../kernel.js";
import type { Lowering } from "../lowering.js";

/** A kernel over the rows of logits, along their last axis, whose log Σ exp is `normalizer`. */
function perRow(
  logits: KernelTensor,
  statements: (eachClass: (statements: string) => string) => string,
): Kernel {
  const classes = logits.shape.at(-1)!;
  const rows = sizeOf(logits.shape.slice(0, -1));
  const eachClass = (inside: string) => `
for (var c = 0u; c < ${classes}u; c++) {
  let place = i * ${classes}u + c;
  ${inside}
}`;
  const item = `
var largest = ${logits.load(`i * ${classes}u`)};
${eachClass(`largest = max(largest, ${logits.load("place")});`)}
var exponentials = 0.0;
${eachClass(`exponentials += exp(${logits.load("place")} - largest);`)}
let normalizer = largest + log(exponentials);
${statements(eachClass)}`;
  return { work: { items: rows, item } };
}

export const softmax: Lowering<"softmax"> = {
  kernels: ({ inputs: [logits], outputs: [probabilities] }) => [
    perRow(logits, (eachClass) =>
      eachClass(probabilities.store("place", `exp(${logits.load("place")} - normalizer)`)),
    ),
  ],
};

export const logSoftmax: Lowering<"logSoftmax"> = {
  kernels: ({ inputs: [logits], outputs: [logarithms] }) => [
    perRow(logits, (eachClass) =>
      eachClass(logarithms.store("place", `${logits.load("place")} - normalizer`)),
    ),
  ],
};

export const softmaxCrossEntropy: Lowering<"softmaxCrossEntropy"> = {
  kernels: ({ inputs: [logits, targets], outputs: [losses] }) => [
    perRow(
      logits,
      (eachClass) => `
var loss = 0.0;
${eachClass(`loss -= ${targets.load("place")} * (${logits.load("place")} - normalizer);`)}
${losses.store("i", "loss")}`,
    ),
  ],
};

export const softmaxCrossEntropyGradient: Lowering<"softmaxCrossEntropyGradient"> = {
  kernels: ({ inputs: [logits, targets], outputs: [gradient] }) => [
    perRow(
      logits,
      (eachClass) => `
var weight = 0.0;
${eachClass(`weight += ${targets.load("place")};`)}
${eachClass(
  gradient.store("place", `exp(${logits.load("place")} - normalizer) * weight - ${targets.load("place")}`),
)}`,
    ),
  ],
};
