import { positiveInteger, written } from "@fleuron/model/options";
import * as v from "valibot";

/** Outputs of Winograd's tile along an axis, by a kernel's size and its stride where that is not 1, as "3" and "11/4". */
const tilesSchema = v.record(v.string(), written(positiveInteger));

/** How `onnx-cpu` computes convolutions; those of other sizes and strides it computes directly. */
export const convolutionFormsSchema = v.strictObject({
  forward: tilesSchema,
  inputGradient: tilesSchema,
  kernelGradient: tilesSchema,
});

export type ConvolutionForms = v.InferOutput<typeof convolutionFormsSchema>;

/** The fastest of the tiles whose error stays below 5e-6 of the norm, on processors with AVX2. */
const tiles = { 3: 5, 5: 4 };

/** The forms of plans that name none. */
export const firstForms: ConvolutionForms = {
  forward: tiles,
  inputGradient: tiles,
  kernelGradient: tiles,
};
