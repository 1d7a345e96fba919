import { type Network, type Parameter, type ResolvedLayer, resolveNetwork, sizeOf } from "@fleuron/model";
import { isDepthwise, isGrouped } from "./cuttable-layers.js";

/** The units that stay of each layer that loses any, by its id, in ascending order. */
export type KeptUnits = ReadonlyMap<string, readonly number[]>;

/** What is left of a network's parameters when each layer that is named keeps these units alone. */
export function cutWeights(
  network: Network,
  weights: ReadonlyMap<string, Float32Array>,
  kept: KeptUnits,
): ReadonlyMap<string, Float32Array> {
  /** What is left along the first axis of each layer's output. */
  const outputs = new Map<string, readonly number[]>();
  const left = new Map<string, Float32Array>();
  for (const resolved of resolveNetwork(network)) {
    const { layer, inputIds, inputShapes, parameters } = resolved;
    const input = outputs.get(inputIds[0]!) ?? range(inputShapes[0]![0]!);
    const output = outputLeft(resolved, input, kept);
    outputs.set(layer.id, output);
    for (const parameter of parameters) {
      const values = weights.get(parameter.name)!;
      left.set(
        parameter.name,
        takeAlong(values, parameter.shape, axesLeft(resolved, parameter, input, output)),
      );
    }
  }
  return left;
}

function outputLeft(resolved: ResolvedLayer, input: readonly number[], kept: KeptUnits): readonly number[] {
  const { layer, inputShapes, outputShape } = resolved;
  const isOwn = (layer.type === "conv2d" && !isDepthwise(resolved)) || layer.type === "dense";
  if (isOwn) return kept.get(layer.id) ?? range(outputShape[0]!);
  if (layer.type !== "flatten") return input;
  const pixels = sizeOf(inputShapes[0]!.slice(1));
  return input.flatMap((channel) => range(pixels).map((pixel) => channel * pixels + pixel));
}

/** What is left along the first axes of a parameter; all is along those behind. */
function axesLeft(
  resolved: ResolvedLayer,
  { kind }: Parameter,
  input: readonly number[],
  output: readonly number[],
): readonly (readonly number[])[] {
  // A grouped kernel reads channels of its group, all of which are there, or a depthwise one its own.
  if (kind !== "kernel" || isGrouped(resolved.layer)) return [output];
  return resolved.layer.type === "dense" ? [input, output] : [output, input];
}

/** The values of a row-major tensor at these places along its first axes. */
function takeAlong(
  values: Float32Array,
  shape: readonly number[],
  axes: readonly (readonly number[])[],
): Float32Array {
  const [places, ...others] = axes;
  if (places === undefined) return values;
  const length = sizeOf(shape.slice(1));
  const rows = places.map((place) =>
    takeAlong(values.subarray(place * length, (place + 1) * length), shape.slice(1), others),
  );
  const taken = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let offset = 0;
  for (const row of rows) {
    taken.set(row, offset);
    offset += row.length;
  }
  return taken;
}

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
