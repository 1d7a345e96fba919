// What both ways of preprocessing by canvas share. They aim at what the bundle asks for, as a canvas can have it.

/** The size of the network's input. */
export const SIZE = 227;
/** What the photo's shorter side is resized to, before its centre is taken. */
export const SHORTER_SIDE = 256;

const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];

export const newContext = (width: number, height: number, settings?: CanvasRenderingContext2DSettings) =>
  new OffscreenCanvas(width, height).getContext("2d", settings)!;

/** [channels, height, width] of SIZE × SIZE pixels, given as RGBA. */
export function toInput(pixels: Uint8ClampedArray): Float32Array {
  const area = SIZE * SIZE;
  const input = new Float32Array(3 * area);
  for (let pixel = 0; pixel < area; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      input[channel * area + pixel] = (pixels[pixel * 4 + channel]! / 255 - MEAN[channel]!) / STD[channel]!;
    }
  }
  return input;
}
