// The table of the ONNX dialect: each file exports lowerings by the names of their operations. The compiler lists what is
// missing.
import { entryNamed } from "../../entry-named.js";
import type { OperationName } from "../../operations/index.js";
import type { Dimension } from "../../types.js";
import type { AnyLowering, Lowering } from "../lowering.js";
import { type ConvolutionForms, convolutionLowerings } from "../winograd/forms.js";
import * as averagePool from "./average-pool.js";
import * as batchNorm from "./batch-norm.js";
import * as biasAdd from "./bias-add.js";
import * as conv2d from "./conv2d.js";
import * as conv2dKernelGradient from "./conv2d-kernel-gradient.js";
import * as elementwise from "./elementwise.js";
import * as gather from "./gather.js";
import * as matMul from "./mat-mul.js";
import * as maxPool from "./max-pool.js";
import * as reductions from "./reductions.js";
import * as shape from "./shape.js";
import * as softmaxCrossEntropy from "./softmax-cross-entropy.js";

export type LoweringTable<D extends Dimension = Dimension> = {
  readonly [Name in OperationName]: Lowering<Name, D>;
};

export const onnxLowerings: LoweringTable = {
  ...averagePool,
  ...batchNorm,
  ...biasAdd,
  ...conv2d,
  ...conv2dKernelGradient,
  ...elementwise,
  ...gather,
  ...matMul,
  ...maxPool,
  ...reductions,
  ...shape,
  ...softmaxCrossEntropy,
};

/** The same for training in onnxruntime on a CPU, where convolutions take most of the time: for known lengths. */
export const cpuTrainingLowerings = (forms: ConvolutionForms): LoweringTable<number> => ({
  ...onnxLowerings,
  ...convolutionLowerings(forms),
});

/** The lowering of an operation of a finished graph, whose attributes were checked when it was built. */
export const loweringOf = <D extends Dimension>(
  lowerings: LoweringTable<D>,
  operation: string,
): AnyLowering<D> => entryNamed<unknown>(lowerings, operation) as AnyLowering<D>;
