// Photos that cannot be read: as in Node, a few are left out, many are refused.
import { counted, FleuronError, type WarningEvent } from "@fleuron/model";
import { trainerWebError } from "../errors.js";

export interface UnreadablePhoto {
  readonly name: string;
  readonly message: string;
}

const MOST = 0.2;
const NAMED = 5;

/** Whether an error is about a photo, not about the browser or the storage. */
export const isOfPhoto = (error: unknown): error is FleuronError =>
  error instanceof FleuronError && error.kind === "data";

/** @throws FleuronError "too-many-unreadable-photos", "class-empty". */
export function requireReadable(
  photos: readonly { readonly label: number }[],
  unreadable: readonly UnreadablePhoto[],
  labels: readonly string[],
): void {
  const total = photos.length + unreadable.length;
  if (unreadable.length > total * MOST) {
    throw trainerWebError(
      "too-many-unreadable-photos",
      `${unreadable.length} of ${counted(total, "photo")} cannot be read: ${named(unreadable)}.`,
      { subject: "photos", hint: `The first one: ${unreadable[0]!.message}` },
    );
  }
  const lost = labels.find((_, label) => photos.every((photo) => photo.label !== label));
  if (lost === undefined) return;
  throw trainerWebError("class-empty", `No photo of the class ${lost} can be read.`, {
    subject: lost,
    hint: "Replace its photos, or leave the class out.",
  });
}

/** The warning that names what was left out. */
export const skipped = (unreadable: readonly UnreadablePhoto[]): WarningEvent => ({
  type: "warning",
  code: "photos-unreadable",
  message: `Skipped ${counted(unreadable.length, "unreadable photo")}: ${named(unreadable)}.`,
});

function named(photos: readonly UnreadablePhoto[]): string {
  const names = photos.slice(0, NAMED).map(({ name }) => name);
  const more = photos.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
