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
  const pixels = width * height;
  const most = format === "jpeg" ? 4 * maxPixels : maxPixels;
  if (pixels <= maxPixels) return { width, height };
  if (pixels <= most) return { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const millions = (pixels: number) => `${Math.round(pixels / 1e4) / 100} million`;
  throw photoError(
    "photo-too-large",
    `${subject} has ${width}×${height} pixels (${millions(pixels)}); the limit is ${millions(most)}.`,
    { subject, hint: "Save it at a smaller size." },
  );
}
