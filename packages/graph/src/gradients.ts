// Reverse-mode differentiation: the graph of a loss becomes the graph of its gradients.
import { FleuronError } from "@fleuron/model";
import type { GraphBuilder } from "./builder.js";
import type { GradientRule, NotDifferentiable, Tensor } from "./operation.js";
import { add } from "./operations/arithmetic.js";
import { constant } from "./operations/constant.js";
import { broadcastLike } from "./operations/sum-and-broadcast.js";
import { shapeText } from "./shapes.js";
import type { ValueId } from "./types.js";

/**
 * ∂loss/∂variable for each of `variables`, as new tensors of the same graph. The nodes of a gradient belong to the
 * layer whose derivative they compute.
 * @throws FleuronError "not-differentiable" when the way from a variable to the loss passes through an
 * operation without a derivative; "graph-shape" when `loss` is not a scalar.
 */
export function gradients(
  builder: GraphBuilder,
  loss: Tensor,
  variables: readonly Tensor[],
): readonly Tensor[] {
  if (loss.shape.length !== 0) {
    throw new FleuronError(
      "graph-shape",
      `gradients: the loss must be a scalar but has shape ${shapeText(loss.shape)}.`,
    );
  }
  const nodes = builder.nodes();
  const dependent = new Set<ValueId>(variables.map(({ id }) => id));
  for (const { node } of nodes) {
    if (node.inputs.some((id) => dependent.has(id))) for (const id of node.outputs) dependent.add(id);
  }

  const gradientOf = new Map<ValueId, Tensor>([[loss.id, constant(builder, 1)]]);
  for (const { node, operation } of nodes.toReversed()) {
    const outputGradients = node.outputs.map((id) => gradientOf.get(id));
    const wanted = node.inputs.some((id) => dependent.has(id));
    if (!wanted || outputGradients.every((gradient) => gradient === undefined)) continue;

    const rule: GradientRule | NotDifferentiable = operation.gradient;
    if (typeof rule !== "function") throw refused(node.operation, rule);
    builder.at({ ...node.place, gradient: true }, () => {
      const inputGradients = rule({
        inputs: node.inputs.map((id) => builder.tensor(id)),
        outputs: node.outputs.map((id) => builder.tensor(id)),
        outputGradients,
        attributes: node.attributes,
      });
      if (inputGradients.length !== node.inputs.length) {
        throw new Error(
          `internal: the gradient rule of ${node.operation} gives ${inputGradients.length} gradients for ${node.inputs.length} inputs`,
        );
      }
      node.inputs.forEach((id, index) => {
        const gradient = inputGradients[index];
        if (!dependent.has(id) || gradient === undefined) return;
        if ("notDifferentiable" in gradient) throw refused(node.operation, gradient);
        const sum = gradientOf.get(id);
        gradientOf.set(id, sum ? add(sum, gradient) : gradient);
      });
    });
  }

  return variables.map((variable) => {
    const gradient = gradientOf.get(variable.id);
    return gradient ?? broadcastLike(constant(builder, 0), variable);
  });
}

const refused = (operation: string, { notDifferentiable }: NotDifferentiable) =>
  new FleuronError("not-differentiable", `${operation} has no derivative: ${notDifferentiable}.`, {
    subject: operation,
  });
