/** Reads a photo's header: what it is and how large, without decoding any pixel. */
import type { FleuronError } from "@fleuron/model";
import sharp from "sharp";
import { runtimeError } from "../errors.js";
import { detectFormat, type PhotoFormat } from "./photo-format.js";

export interface ProbeOptions {
  /** What error messages call the photo: its path. Default: "the photo". */
  readonly subject?: string;
}

export interface PhotoHeader {
  readonly format: PhotoFormat;
  /** Pixels, after the EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Whether the stored values are cyan, magenta, yellow and black. */
  readonly cmyk: boolean;
}

/**
 * @throws FleuronError `photo-unreadable` for bytes that are no photo or whose header is damaged,
 * `photo-unsupported` for a picture of another format.
 */
export async function probePhoto(bytes: Uint8Array, options: ProbeOptions = {}): Promise<PhotoHeader> {
  const subject = options.subject ?? "the photo";
  if (bytes.length === 0) throw unreadable(subject, "the file is empty");
  const detected = detectFormat(bytes);
  if (detected === undefined) throw unreadable(subject, "it is not a JPEG, PNG or WebP file");
  if (!detected.supported) {
    throw runtimeError(
      "photo-unsupported",
      `${subject} is a ${detected.name} file, which is not supported.`,
      { subject, hint: "Convert it to JPEG, PNG or WebP." },
    );
  }
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    const { width, height } = metadata.autoOrient;
    return { format: detected.format, width, height, cmyk: metadata.space === "cmyk" };
  } catch (cause) {
    throw unreadable(subject, reasonOf(cause), cause);
  }
}

/** The error for a photo that cannot be decoded. `reason` is half a sentence. */
export function unreadable(subject: string, reason: string, cause?: unknown): FleuronError {
  return runtimeError("photo-unreadable", `${subject} cannot be read as a photo: ${reason}.`, {
    subject,
    hint: "Replace or delete the file.",
    cause,
  });
}

/** libvips' own words on one line. */
export function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return [...new Set(lines)].join("; ").replace(/\.$/, "");
}
