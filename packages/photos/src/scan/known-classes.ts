/** Classes of a folder beside those of a network. */
import { photosError } from "../errors.js";
import type { ScannedDataset } from "./scan-dataset.js";

/** As many labels as a hint names: ImageNet's networks have a thousand. */
const SHOWN = 20;

/** @throws FleuronError `class-unknown` that names the first class which is not among the labels. */
export function requireKnownClasses(
  { root, labels: classes }: Pick<ScannedDataset, "root" | "labels">,
  labels: readonly string[],
): void {
  const unknown = classes.find((label) => !labels.includes(label));
  if (unknown === undefined) return;
  const more = labels.length - SHOWN;
  throw photosError("class-unknown", `${root} has the class '${unknown}', which the network does not know.`, {
    subject: "data",
    hint: `Its classes: ${labels.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`,
  });
}

/** The scan with its classes in the spelling of labels: a run may have another Unicode form of a name than scans give. */
export function spelledAs(scan: ScannedDataset, labels: readonly string[]): ScannedDataset {
  const spellings = new Map(labels.map((label) => [label.normalize("NFC"), label]));
  return { ...scan, labels: scan.labels.map((label) => spellings.get(label) ?? label) };
}
