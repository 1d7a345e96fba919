// A network as data: what `run.json` and a bundle hold, and what everything else is derived from.
import * as v from "valibot";
import { FleuronError } from "../errors.js";
import { positiveInteger } from "../layers/common.js";
import { type Layer, layerOutputShape, layerParameters, layerSchema } from "../layers/index.js";
import type { LayerShape, Parameter } from "../layers/shape.js";

export const networkSchema = v.strictObject({
  formatVersion: v.literal(1),
  name: v.string(),
  /** One photo: channels, height, width. */
  input: v.strictObject({ channels: positiveInteger, height: positiveInteger, width: positiveInteger }),
  /** In order of computing; the last one gives the logits. */
  layers: v.pipe(v.array(layerSchema), v.minLength(1)),
});

export type Network = v.InferOutput<typeof networkSchema>;

/** What layers call the photo in their `inputs`; no layer has this id. */
export const NETWORK_INPUT = "image";

/** A layer with the shapes and parameters that follow from its place in a network. */
export interface ResolvedLayer {
  readonly layer: Layer;
  /** Ids of the layers that it reads; `NETWORK_INPUT` among them is the photo. */
  readonly inputIds: readonly string[];
  readonly inputShapes: readonly LayerShape[];
  readonly outputShape: LayerShape;
  readonly parameters: readonly Parameter[];
}

/**
 * Follows the shapes through a network.
 * @throws FleuronError "network-invalid" for doubled ids and inputs that do not exist (yet), "layer-shape" for
 * a layer that does not suit its input.
 */
export function resolveNetwork(network: Network): readonly ResolvedLayer[] {
  const { channels, height, width } = network.input;
  const shapes = new Map<string, LayerShape>([[NETWORK_INPUT, [channels, height, width]]]);
  let previous = NETWORK_INPUT;
  return network.layers.map((layer) => {
    if (layer.id === NETWORK_INPUT) throw invalid(`'${NETWORK_INPUT}' is its input, and the id of no layer`);
    if (shapes.has(layer.id)) throw invalid(`two layers have the id '${layer.id}'`);
    const inputIds = layer.inputs ?? [previous];
    const inputShapes = inputIds.map((id) => {
      const shape = shapes.get(id);
      if (!shape) throw invalid(`layer '${layer.id}' reads '${id}', which does not stand before it`);
      return shape;
    });
    const outputShape = layerOutputShape(layer, inputShapes);
    shapes.set(layer.id, outputShape);
    previous = layer.id;
    return { layer, inputIds, inputShapes, outputShape, parameters: layerParameters(layer, inputShapes) };
  });
}

/** Every parameter of a network, in layer order. */
export function networkParameters(network: Network): readonly Parameter[] {
  return resolveNetwork(network).flatMap(({ parameters }) => parameters);
}

/** How many classes the network distinguishes: the length of its logits. */
export function networkClasses(network: Network): number {
  const output = resolveNetwork(network).at(-1)?.outputShape ?? [];
  if (output.length !== 1)
    throw invalid(`its last layer gives [${output.join(", ")}] instead of a vector of logits`);
  return output[0]!;
}

/** How many numbers these parameters hold together. */
export const countParameters = (parameters: readonly { readonly shape: readonly number[] }[]): number =>
  parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

const invalid = (what: string) =>
  new FleuronError("network-invalid", `The network is not valid: ${what}.`, { kind: "data" });
