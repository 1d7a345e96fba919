import type { PhotosWarning } from "../events.js";
import { looseName } from "./class-name.js";
import { groupBy } from "./group-by.js";
import { leftOutWarning } from "./left-out.js";
import type { ScannedDataset } from "./scan-dataset.js";

/** What is odd about a folder of photos, and no reason to stop. */
export function* scanWarnings({
  labels,
  leftOut,
}: Pick<ScannedDataset, "labels" | "leftOut">): Generator<PhotosWarning> {
  for (const alike of groupBy(labels, looseName).values()) {
    if (alike.length < 2) continue;
    const message = `${alike.join(" and ")} are ${alike.length} classes whose names hardly differ: put them into one folder if they are one.`;
    yield { type: "warning", code: "class-names-alike", message };
  }
  if (leftOut.length > 0) yield leftOutWarning(leftOut, " in class folders");
}
