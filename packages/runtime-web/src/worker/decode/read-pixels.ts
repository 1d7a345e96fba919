// Pixels of a picture as RGBA, not premultiplied.
import { canvasIsRandomised } from "./canvas-noise.js";
import { orient } from "./orient.js";
import type { RgbaImage } from "./rgba-image.js";

/** Newer than TypeScript's library: how the pixels of a frame are to be turned. */
interface Orientation {
  /** Clockwise, in degrees. */
  readonly rotation?: number;
  /** Mirrored left to right after that. */
  readonly flip?: boolean;
}

/**
 * Without a canvas where WebCodecs can: a canvas multiplies by alpha, and some browsers change what pages read from it.
 * @param onRandomisedCanvas is called when that had to be used.
 */
export async function readPixels(
  picture: ImageBitmap | VideoFrame,
  onRandomisedCanvas: () => void,
): Promise<RgbaImage> {
  const frame = await readFrame(picture);
  if (frame) return frame;
  if (canvasIsRandomised()) onRandomisedCanvas();
  return readCanvas(picture);
}

async function readFrame(picture: ImageBitmap | VideoFrame): Promise<RgbaImage | undefined> {
  if (typeof VideoFrame === "undefined") return undefined;
  const frame: VideoFrame & Orientation = new VideoFrame(picture, { timestamp: 0 });
  try {
    const { rotation, flip } = frame;
    if (rotation === undefined || flip === undefined) return undefined;
    const { width, height } = frame.visibleRect!;
    const data = new Uint8Array(width * height * 4);
    const [plane] = await frame.copyTo(data, { format: "RGBA" });
    return plane?.offset === 0 && plane.stride === width * 4
      ? orient({ data, width, height }, rotation, flip)
      : undefined;
  } catch {
    return undefined;
  } finally {
    frame.close();
  }
}

function readCanvas(picture: ImageBitmap | VideoFrame): RgbaImage {
  const [width, height] =
    "displayWidth" in picture
      ? [picture.displayWidth, picture.displayHeight]
      : [picture.width, picture.height];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
