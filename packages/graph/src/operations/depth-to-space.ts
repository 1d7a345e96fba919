import type { Tensor } from "../operation.js";
import { knownShape, shapeError } from "../shapes.js";
import { reshape } from "./reshape.js";
import { transpose } from "./transpose.js";

/**
 * Channels as blocks of pixels: [N, C × size², H, W] becomes [N, C, H × size, W × size] (ONNX DepthToSpace). A block's
 * place is the slower part of a channel's number ("DCR", depth first) or the faster one ("CRD").
 */
export function depthToSpace(x: Tensor, size: number, mode: "DCR" | "CRD"): Tensor {
  const [batch, ...rest] = x.shape;
  if (rest.length !== 3) throw shapeError("depthToSpace", [x], "takes images [N, C, H, W]");
  const [depth, height, width] = knownShape("depthToSpace", rest) as [number, number, number];
  const channels = depth / size ** 2;
  if (!Number.isInteger(channels)) {
    throw shapeError("depthToSpace", [x], `${depth} channels are no blocks of ${size} by ${size} pixels`);
  }
  const [divided, permutation] =
    mode === "DCR"
      ? [
          [size, size, channels],
          [0, 3, 4, 1, 5, 2],
        ]
      : [
          [channels, size, size],
          [0, 1, 4, 2, 5, 3],
        ];
  const blocks = transpose(reshape(x, [batch!, ...divided, height, width]), permutation);
  return reshape(blocks, [batch!, channels, height * size, width * size]);
}
