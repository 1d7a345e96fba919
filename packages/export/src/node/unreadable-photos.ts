import { counted, type WarningEvent } from "@fleuron/model";

export const unreadablePhotos = (paths: readonly string[]): WarningEvent => ({
  type: "warning",
  code: "photos-unreadable",
  message: `Skipped, because they cannot be read: ${counted(paths.length, "photo")}, the first ${paths[0]}.`,
});
