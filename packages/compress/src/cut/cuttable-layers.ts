import {
  type Layer,
  type LayerOfType,
  type Network,
  type ResolvedLayer,
  resolveNetwork,
} from "@fleuron/model";

/** A layer whose filters or units can be removed one by one, since one layer alone reads them. */
export interface CuttableLayer {
  readonly id: string;
  readonly units: number;
  /** The batchNorm whose scale and shift silence a unit at 0; absent where its own kernel and bias do. */
  readonly norm?: string;
  /** The convolution or dense layer that reads its units. */
  readonly reader: string;
}

/**
 * The convolutions and dense layers of a network whose units reach a single other convolution or dense layer, through layers that keep
 * channels apart: of AlexNet all but the last one, of a residual network those within a block. Grouped convolutions stay as they are.
 */
export function cuttableLayers(network: Network): readonly CuttableLayer[] {
  const layers = resolveNetwork(network);
  const readers = (id: string) => layers.filter(({ inputIds }) => inputIds.includes(id));
  return layers.flatMap((resolved) => {
    const units = unitsOf(resolved.layer);
    if (units === undefined || isGrouped(resolved.layer)) return [];
    const { id } = resolved.layer;
    let norm: string | undefined;
    for (let at = id; ; ) {
      const [reader, ...others] = readers(at);
      if (reader === undefined || others.length > 0 || reader.layer.type === "add") return [];
      at = reader.layer.id;
      if (reader.layer.type === "batchNorm") norm = at;
      if (unitsOf(reader.layer) === undefined || isDepthwise(reader)) continue;
      return isGrouped(reader.layer) ? [] : [{ id, units, reader: at, ...(norm !== undefined && { norm }) }];
    }
  });
}

/** The filters or units that a layer has of its own; undefined where it has as many as it is given. */
export const unitsOf = (layer: Layer): number | undefined =>
  layer.type === "conv2d" ? layer.filters : layer.type === "dense" ? layer.units : undefined;

/** Whether a convolution gives one channel for each that it takes, from that alone. */
export const isDepthwise = ({ layer, inputShapes }: ResolvedLayer): boolean =>
  isGrouped(layer) && layer.groups === inputShapes[0]![0] && layer.filters === layer.groups;

export const isGrouped = (layer: Layer): layer is LayerOfType<"conv2d"> & { groups: number } =>
  layer.type === "conv2d" && (layer.groups ?? 1) > 1;
