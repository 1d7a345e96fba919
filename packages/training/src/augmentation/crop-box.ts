import { type Box, centralSquare, type RgbImage, type SquarePreprocessing } from "@fleuron/model";

export type Resizing = Pick<SquarePreprocessing, "size" | "resize">;

/** Pixels that a crop of the input's size can move in the resized central square. */
export const roomOf = ({ size, resize }: Resizing): number =>
  resize.fit === "cover" ? resize.resizeTo - size : 0;

/**
 * Where in the photo the crop lies that is `left` and `top` pixels from the corner of its central square, after
 * that was resized to the input's size and the room around it.
 */
export function cropBox(image: RgbImage, resizing: Resizing, left: number, top: number): Box {
  const square = centralSquare(image, 1);
  const scale = square.width / (resizing.size + roomOf(resizing));
  const side = resizing.size * scale;
  return { left: square.left + left * scale, top: square.top + top * scale, width: side, height: side };
}
