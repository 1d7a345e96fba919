// What turns logits into a training step, whatever gave them.
import { FleuronError, type Parameter } from "@fleuron/model";
import type { GraphBuilder } from "./builder.js";
import { gradients } from "./gradients.js";
import type { Tensor } from "./operation.js";
import { argMax } from "./operations/arg-max.js";
import { divide, multiply } from "./operations/arithmetic.js";
import { cast } from "./operations/cast.js";
import { equal } from "./operations/equal.js";
import { softmaxCrossEntropy } from "./operations/softmax.js";
import { reduceSum } from "./operations/sum-and-broadcast.js";

/** The output that holds the gradient of the parameter of this name. */
export const gradientName = (parameter: string): string => `gradient/${parameter}`;

export interface LossOptions {
  readonly classes: number;
  /** Names of the parameters that learn. Default: all that may. */
  readonly trainable?: readonly string[] | undefined;
}

/**
 * Adds the inputs and outputs of a step that `trainingGraph` documents to the graph that gave `logits`.
 * @throws FleuronError "graph-invalid" when `trainable` names something else.
 */
export function addLossAndGradients(
  builder: GraphBuilder,
  logits: Tensor,
  parameters: ReadonlyMap<Parameter, Tensor>,
  options: LossOptions,
): void {
  const targets = builder.input("targets", { type: "target" }, ["batch", options.classes]);
  const sampleWeights = builder.input("sampleWeights", { type: "sampleWeight" }, ["batch"]);
  const normalizer = builder.input("normalizer", { type: "scalar" }, []);

  const weighted = (perPhoto: Tensor) => reduceSum(multiply(perPhoto, sampleWeights), { axes: [0] });
  const loss = divide(weighted(softmaxCrossEntropy(logits, targets)), normalizer);
  builder.output("loss", loss);
  builder.output("correctCount", weighted(cast(equal(argMax(logits), argMax(targets)), "float32")));

  const unknown = options.trainable?.find(
    (name) => ![...parameters.keys()].some((p) => p.trainable && p.name === name),
  );
  if (unknown !== undefined) {
    throw new FleuronError("graph-invalid", `The network has no trainable parameter '${unknown}'.`, {
      subject: unknown,
    });
  }
  const learning = [...parameters].filter(
    ([{ trainable, name }]) => trainable && (options.trainable?.includes(name) ?? true),
  );
  const derived = gradients(
    builder,
    loss,
    learning.map(([, variable]) => variable),
  );
  learning.forEach(([parameter], index) => {
    builder.output(gradientName(parameter.name), derived[index]!);
  });
}
