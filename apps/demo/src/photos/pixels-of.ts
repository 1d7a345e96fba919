import type { Pixels } from "../heat-map/occlude.js";

/** Enough for any input of the network, and little to copy for each patch. */
const LONGER_SIDE = 320;

/** A photo upright, and small enough to be classified a hundred times. */
export async function pixelsOf(photo: Blob): Promise<Pixels> {
  const whole = await createImageBitmap(photo, { imageOrientation: "from-image" });
  try {
    const scale = Math.min(1, LONGER_SIDE / Math.max(whole.width, whole.height));
    const width = Math.max(1, Math.round(whole.width * scale));
    const height = Math.max(1, Math.round(whole.height * scale));
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser provides no canvas to draw on.");
    context.imageSmoothingQuality = "high";
    context.drawImage(whole, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { data, width, height };
  } finally {
    whole.close();
  }
}
