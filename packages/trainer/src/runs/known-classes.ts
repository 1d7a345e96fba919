import type { ScannedDataset } from "@fleuron/photos";
import { trainerError } from "@fleuron/training";

/** @throws FleuronError `class-unknown` that names the first class which is not among the labels. */
export function requireKnownClasses(
  { root, labels: classes }: Pick<ScannedDataset, "root" | "labels">,
  labels: readonly string[],
): void {
  const unknown = classes.find((label) => !labels.includes(label));
  if (unknown === undefined) return;
  throw trainerError("class-unknown", `${root} has the class '${unknown}', which the run does not know.`, {
    subject: "data",
    hint: `The run's classes: ${labels.join(", ")}.`,
  });
}

/** The scan with its classes in the spelling of labels: a run may have another Unicode form of a name than scans give. */
export function spelledAs(scan: ScannedDataset, labels: readonly string[]): ScannedDataset {
  const spellings = new Map(labels.map((label) => [label.normalize("NFC"), label]));
  return { ...scan, labels: scan.labels.map((label) => spellings.get(label) ?? label) };
}
