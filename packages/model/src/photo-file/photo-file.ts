import type { PhotoContents } from "./contents.js";
import { unreadablePhoto, unsupportedPhoto } from "./errors.js";
import { formatOf, isLfsPointer, otherFormatOf, type PhotoFormat } from "./format.js";
import { jpegContents } from "./jpeg.js";
import { pngContents } from "./png.js";
import { webpContents } from "./webp.js";

/** A whole photo's file, as far as it is known without decoding a pixel. */
export interface PhotoFile extends Omit<PhotoContents, "complete"> {
  readonly format: PhotoFormat;
}

const contentsOf: {
  readonly [format in PhotoFormat]: (bytes: Uint8Array) => PhotoContents;
} = { jpeg: jpegContents, png: pngContents, webp: webpContents };

/**
 * @param subject what errors call the photo: its path or address.
 * @throws FleuronError `photo-unreadable` for bytes that are not a photo, or a damaged or cut one, `photo-unsupported` for a
 * picture of another format.
 */
export function parsePhotoFile(bytes: Uint8Array, subject: string): PhotoFile {
  if (bytes.length === 0) throw unreadablePhoto(subject, "the file is empty");
  const format = formatOf(bytes);
  if (format === undefined) {
    if (isLfsPointer(bytes))
      throw unreadablePhoto(
        subject,
        "it is a Git LFS pointer, in place of which 'git lfs pull' puts the photo",
      );
    const other = otherFormatOf(bytes);
    throw other === undefined
      ? unreadablePhoto(subject, "it is not a JPEG, PNG or WebP file")
      : unsupportedPhoto(subject, other);
  }
  const { complete, ...contents } = contentsOf[format](bytes);
  if (!complete) throw unreadablePhoto(subject, "it was cut short");
  if (contents.width === 0 || contents.height === 0) throw unreadablePhoto(subject, "its header is damaged");
  return { format, ...contents };
}
