import type { PhotosWarning } from "../events.js";
import { leftOutInWords } from "./left-out.js";
import type { ScannedDataset } from "./scan-dataset.js";

/** What is odd about a folder of photos, and no reason to stop. */
export function* scanWarnings({ leftOut }: Pick<ScannedDataset, "leftOut">): Generator<PhotosWarning> {
  if (leftOut.length > 0) {
    const message = `Left out: ${leftOutInWords(leftOut)}. JPEG, PNG and WebP files in class folders are read.`;
    yield { type: "warning", code: "files-left-out", message };
  }
}
