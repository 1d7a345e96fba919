import {
  decodedSize,
  formatOf,
  otherFormatOf,
  parsePhotoFile,
  type Turn,
  turnOf,
  unreadablePhoto,
  unsupportedPhoto,
} from "@fleuron/model";
import { BITMAP_OPTIONS } from "../../bitmap-options.js";

interface OpenedFile {
  readonly picture: ImageBitmap;
  /** Undefined for formats whose metadata only the browser reads. */
  readonly turn: Turn | undefined;
}

/**
 * Decodes a file. Browsers read metadata each in its way: of JPEG, PNG and WebP they see the stored pixels alone.
 * @throws FleuronError of `parsePhotoFile` and `decodedSize`.
 */
export async function openPhotoFile(file: Blob, subject: string): Promise<OpenedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const otherFormat = formatOf(bytes) === undefined ? otherFormatOf(bytes) : undefined;
  if (otherFormat !== undefined) {
    const picture = await createImageBitmap(file, BITMAP_OPTIONS).catch(() => {
      throw unsupportedPhoto(subject, otherFormat);
    });
    return { picture, turn: undefined };
  }
  const photo = parsePhotoFile(bytes, subject);
  const { width, height } = decodedSize(photo, subject);
  // Firefox recognises a format by the first part of a Blob alone, and a JPEG's may be two bytes.
  const whole = await new Blob([...photo.pixelParts] as BlobPart[]).arrayBuffer();
  const picture = await createImageBitmap(new Blob([whole]), {
    ...BITMAP_OPTIONS,
    imageOrientation: "none",
    ...(width !== photo.width && { resizeWidth: width, resizeHeight: height, resizeQuality: "high" }),
  }).catch((cause) => {
    throw unreadablePhoto(subject, "its pixels are damaged", cause);
  });
  return { picture, turn: turnOf(photo.orientation) };
}
