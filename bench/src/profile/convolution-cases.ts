// The convolutions of a training step, each of their operations in each of its forms.
import { bindDimensions, GraphBuilder, type GraphNode, networkOf, operationNamed } from "@fleuron/graph";
import { cpuTrainingLowerings, type Tiles, toOnnx } from "@fleuron/graph/onnx";
import type { TrainingPlan } from "@fleuron/training";
import { UNREADABLE } from "@fleuron/training/onnx";

const operations = {
  conv2d: "forward",
  conv2dInputGradient: "inputGradient",
  conv2dKernelGradient: "kernelGradient",
} as const;

export type ConvolutionOperation = (typeof operations)[keyof typeof operations];

export interface ConvolutionCase {
  readonly layer: string;
  readonly operation: ConvolutionOperation;
  /** As in `Tiles`: "3", "11/4". */
  readonly kernel: string;
  readonly inputs: readonly [a: readonly number[], b: readonly number[]];
  readonly output: readonly number[];
  /** Outputs of Winograd's tile along an axis that can be tried. */
  readonly tiles: readonly number[];
  /** As a model of `a` and `b` with the output `y`. @param tile 0: directly. */
  model(tile: number): Uint8Array;
}

/** Products along an axis, of outputs + taps − 1, for which Winograd's filtering has points. */
const productsWithPoints = [6, 7, 8];

export function convolutionCases(plan: TrainingPlan): readonly ConvolutionCase[] {
  const step = networkOf(plan.network).trainingGraph(plan);
  const { nodes, types } = bindDimensions(step, { batch: plan.batchSize });
  return nodes.flatMap((node) => {
    const operation = entryOf(node.operation);
    if (operation === undefined) return [];
    const shapeOf = (id: number) => types[id]!.shape;
    const [a, b] = node.inputs.map(shapeOf) as [readonly number[], readonly number[]];
    const output = shapeOf(node.outputs[0]!);
    const [stride] = node.attributes.strides as readonly [number];
    const window = operation === "kernelGradient" ? output[2]! : b[2]!;
    const taps = Math.ceil(window / stride);
    const kernel = stride === 1 ? `${window}` : `${window}/${stride}`;
    return [
      {
        layer: node.place.layer ?? "",
        operation,
        kernel,
        inputs: [a, b],
        output,
        tiles: productsWithPoints.map((products) => products - taps + 1).filter((tile) => tile > 1),
        model: (tile) => modelOf(node, [a, b], tile === 0 ? {} : { [kernel]: tile }),
      },
    ];
  });
}

const entryOf = (operation: string): ConvolutionOperation | undefined =>
  Object.hasOwn(operations, operation) ? operations[operation as keyof typeof operations] : undefined;

function modelOf(
  { operation, attributes }: GraphNode,
  [a, b]: readonly (readonly number[])[],
  tiles: Tiles,
): Uint8Array {
  const builder = new GraphBuilder(operation);
  const inputs = [builder.input("a", { type: "tensor" }, a!), builder.input("b", { type: "tensor" }, b!)];
  builder.output("y", builder.apply(operationNamed(operation), inputs, attributes)[0]!);
  const forms = { forward: tiles, inputGradient: tiles, kernelGradient: tiles };
  const lowerings = cpuTrainingLowerings(forms);
  return toOnnx(bindDimensions(builder.build(), {}), { lowerings, unreadable: UNREADABLE });
}
