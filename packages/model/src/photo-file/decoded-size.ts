import { photoError } from "./errors.js";
import type { PhotoFile } from "./photo-file.js";

/** Pixels. */
const MOST_DECODED = 100e6;

/**
 * The size at which a photo's stored pixels are decoded: that of the file, and of a JPEG of more than `maxPixels` (default:
 * 100 million) half its width and height.
 * @throws FleuronError `photo-too-large` where that is still more.
 */
export function decodedSize(
  { format, width, height }: PhotoFile,
  subject: string,
  maxPixels = MOST_DECODED,
): { readonly width: number; readonly height: number } {
  if (width * height <= maxPixels) return { width, height };
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  if (format === "jpeg" && half.width * half.height <= maxPixels) return half;
  const millions = (pixels: number) => `${Math.round(pixels / 1e4) / 100} million`;
  const most = format === "jpeg" ? 4 * maxPixels : maxPixels;
  throw photoError(
    "photo-too-large",
    `${subject} has ${width}×${height} pixels (${millions(width * height)}); the limit is ${millions(most)}.`,
    { subject, hint: "Save it at a smaller size." },
  );
}
