import { type Turn, turnOf } from "@fleuron/model";
import { runtimeError } from "../../errors.js";
import { canvasNoise } from "./canvas-noise.js";

/** Pixels as they are stored: four bytes each, not premultiplied, row by row from the top left. */
export interface StoredPixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** What makes them upright. */
  readonly turn: Turn;
}

/** Levels of 255 up to which predictions hardly change. */
const MOST_NOISE = 8;

/**
 * Reads and closes a picture: without a canvas where WebCodecs can, for a canvas multiplies by alpha, and some browsers change
 * what pages read from it.
 * @param onRandomisedCanvas is called when that had to be used, and is disturbed a little.
 * @throws FleuronError "browser-unsupported" when it is disturbed beyond recognition.
 */
export async function readPixels(
  picture: ImageBitmap | VideoFrame,
  onRandomisedCanvas: () => void,
): Promise<StoredPixels> {
  try {
    const frame = await readFrame(picture);
    if (frame) return frame;
    const noise = canvasNoise();
    if (noise > MOST_NOISE) throw unreadablePictures();
    if (noise > 0) onRandomisedCanvas();
    return readCanvas(picture);
  } finally {
    picture.close();
  }
}

async function readFrame(picture: ImageBitmap | VideoFrame): Promise<StoredPixels | undefined> {
  if (typeof VideoFrame === "undefined") return undefined;
  let frame: (VideoFrame & Partial<Turn>) | undefined;
  try {
    // Chromium has no frames with a side above 32,767 pixels.
    frame = new VideoFrame(picture, { timestamp: 0 });
    // Newer than TypeScript's library.
    const { rotation, flip } = frame;
    if (rotation === undefined || flip === undefined) return undefined;
    const { width, height } = frame.visibleRect!;
    const data = new Uint8Array(width * height * 4);
    const [plane] = await frame.copyTo(data, { format: "RGBA" });
    return plane?.offset === 0 && plane.stride === width * 4
      ? { data, width, height, turn: { rotation, flip } }
      : undefined;
  } catch {
    return undefined;
  } finally {
    frame?.close();
  }
}

function readCanvas(picture: ImageBitmap | VideoFrame): StoredPixels {
  const [width, height] =
    "displayWidth" in picture
      ? [picture.displayWidth, picture.displayHeight]
      : [picture.width, picture.height];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { data, width, height, turn: turnOf(1) };
}

const unreadablePictures = () =>
  runtimeError("browser-unsupported", "This browser does not let pages read pictures: it gives them noise.", {
    hint: "Allow this site to use canvas data, or switch the protection against fingerprinting off for it.",
  });
