import type { GraphBuilder } from "./builder.js";
import type { Tensor } from "./operation.js";
import { divide } from "./operations/arithmetic.js";
import { constant } from "./operations/constant.js";
import { softmax } from "./operations/softmax.js";

/** The output `probabilities` [batch, classes] = softmax(logits ÷ temperature). */
export function addProbabilities(builder: GraphBuilder, logits: Tensor, temperature: number): void {
  const tempered = temperature === 1 ? logits : divide(logits, constant(builder, temperature));
  builder.output("probabilities", softmax(tempered));
}
