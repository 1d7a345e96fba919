/**
 * A layer's shape for one photo, without the batch dimension: `[channels, height, width]` for images,
 * `[units]` for vectors. Dimensions are logical; an engine chooses the physical layout.
 */
export type LayerShape = readonly number[];

/** The roles for which a recipe has initialisers, and constants. */
export type ParameterStart = "conv2dKernel" | "denseKernel" | "bias" | "zeros" | "ones";

export type ParameterKind = "kernel" | "bias" | "gamma" | "beta" | "movingMean" | "movingVariance";

/**
 * One named tensor of a network. `name` is `<layer id>/<kind>` and is the same everywhere: in ONNX, in
 * TensorFlow, in safetensors. Kernels of convolutions are stored output, input, height, width; kernels of
 * dense layers input, output.
 */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly shape: readonly number[];
  /** Moving statistics are not trainable: they follow the batches and are stored as `statistics/`. */
  readonly trainable: boolean;
  /** What its first values are: drawn as the recipe's initialisation says for this role, or one number. */
  readonly start: ParameterStart;
  /** Whether weight decay applies to it. */
  readonly decays: boolean;
  /** The fewest bits in which an export may store one of its numbers; 32: it always stays float32. */
  readonly fewestBits: 4 | 8 | 32;
  /** Incoming and outgoing connections of one unit, as initialisers count them; 0 where it means nothing. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** What a kind of layer is: its output's shape and its parameters, from its attributes and its inputs' shapes. */
export interface LayerDefinition<Layer> {
  /** Throws a `FleuronError` ("layer-shape") that names the layer when its inputs do not suit it. */
  outputShape(layer: Layer, inputs: readonly LayerShape[]): LayerShape;
  parameters(layer: Layer, inputs: readonly LayerShape[]): readonly Parameter[];
}

/** A layer's bias: it starts as the recipe says, never decays and stays float32. */
export const biasOf = ({ id }: { readonly id: string }, units: number): Parameter => ({
  name: `${id}/bias`,
  kind: "bias",
  shape: [units],
  trainable: true,
  start: "bias",
  decays: false,
  fewestBits: 32,
  fanIn: 0,
  fanOut: 0,
});
