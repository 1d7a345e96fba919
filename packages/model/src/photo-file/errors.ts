import { type ErrorCodeOf, errorsOf, type FleuronError } from "../errors.js";

/** Errors about photos, the same wherever they are read. */
export const photoError = errorsOf({
  /** The bytes are not a photo, or a damaged or cut one; or they cannot be had. */
  "photo-unreadable": "data",
  /** The header announces more pixels than are decoded. */
  "photo-too-large": "data",
  /** A picture of a format that is not read, or something that is no picture at all. */
  "photo-unsupported": "data",
});

export type PhotoErrorCode = ErrorCodeOf<typeof photoError>;

/** @param reason half a sentence. */
export function unreadablePhoto(subject: string, reason: string, cause?: unknown): FleuronError {
  return photoError("photo-unreadable", `${subject} cannot be read as a photo: ${reason}.`, {
    subject,
    hint: "Copy it anew from where it came, or take another.",
    cause,
  });
}

/** @param format with its article, as in "a GIF". */
export function unsupportedPhoto(subject: string, format: string): FleuronError {
  return photoError("photo-unsupported", `${subject} is ${format} file, which cannot be read here.`, {
    subject,
    hint: "Save it as JPEG, PNG or WebP.",
  });
}
