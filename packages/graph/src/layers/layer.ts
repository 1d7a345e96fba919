import type { Parameter, ResolvedLayer } from "@fleuron/model";
import type { Tensor } from "../operation.js";

/** What a layer is given when it becomes nodes of a graph. */
export interface LayerContext {
  /** Whether the graph trains: batch statistics and dropout, or moving statistics and none. */
  readonly training: boolean;
  readonly resolved: ResolvedLayer;
  /** The variable that holds the layer's parameter of this kind. */
  parameter(kind: Parameter["kind"]): Tensor;
  /** A mask of 0 and 1 ÷ keepRate in the shape of `like`, fed anew in each step. */
  dropoutMask(like: Tensor, keepRate: number): Tensor;
  /** The parameter of this kind becomes `value` when a step ends. */
  update(kind: Parameter["kind"], value: Tensor): void;
}

export type LayerLowering<Layer> = (
  layer: Layer,
  inputs: readonly [Tensor, ...Tensor[]],
  context: LayerContext,
) => Tensor;
