import type { ConvolutionForms } from "@fleuron/graph/onnx";
import { positiveInteger, written } from "@fleuron/model/options";
import * as v from "valibot";

const tilesSchema = v.record(v.string(), written(positiveInteger));

/** How `onnx-cpu` computes convolutions; those of other sizes and strides it computes directly. */
export const convolutionFormsSchema = v.strictObject({
  forward: tilesSchema,
  inputGradient: tilesSchema,
  kernelGradient: tilesSchema,
}) satisfies v.GenericSchema<unknown, ConvolutionForms>;

/** The fastest of the tiles whose error stays below 5e-6 of the norm, on processors with AVX2. */
const tiles = { 3: 5, 5: 4 };

/** The forms of plans that name none. */
export const firstForms: ConvolutionForms = {
  forward: tiles,
  inputGradient: tiles,
  kernelGradient: tiles,
};
