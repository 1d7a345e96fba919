import * as v from "valibot";
import { activation, activationSchema } from "./activation.js";
import { add, addSchema } from "./add.js";
import { batchNorm, batchNormSchema } from "./batch-norm.js";
import { conv2d, conv2dSchema } from "./conv2d.js";
import { dense, denseSchema } from "./dense.js";
import { dropout, dropoutSchema } from "./dropout.js";
import { flatten, flattenSchema } from "./flatten.js";
import { globalAveragePool2d, globalAveragePool2dSchema } from "./global-average-pool2d.js";
import { maxPool2d, maxPool2dSchema } from "./max-pool2d.js";
import type { LayerDefinition, LayerShape, Parameter } from "./shape.js";

export const layerSchema = v.variant("type", [
  activationSchema,
  addSchema,
  batchNormSchema,
  conv2dSchema,
  denseSchema,
  dropoutSchema,
  flattenSchema,
  globalAveragePool2dSchema,
  maxPool2dSchema,
]);

export type Layer = v.InferOutput<typeof layerSchema>;
export type LayerType = Layer["type"];
export type LayerOfType<Type extends LayerType> = Extract<Layer, { type: Type }>;

const definitions: { readonly [Type in LayerType]: LayerDefinition<LayerOfType<Type>> } = {
  activation,
  add,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePool2d,
  maxPool2d,
};

// The table pairs each type with its own definition, which the compiler cannot follow through an index.
const definitionOf = (layer: Layer) => definitions[layer.type] as LayerDefinition<Layer>;

export const layerOutputShape = (layer: Layer, inputs: readonly LayerShape[]): LayerShape =>
  definitionOf(layer).outputShape(layer, inputs);

export const layerParameters = (layer: Layer, inputs: readonly LayerShape[]): readonly Parameter[] =>
  definitionOf(layer).parameters(layer, inputs);
