// Which models a bundle gets: every format that is wanted, at every storage precision that is wanted and that it has.
import type { BundleFormat, BundlePrecision } from "@fleuron/model";
import { exportError } from "./errors.js";
import type { ModelFormat } from "./format.js";
import { formats } from "./formats/index.js";

export interface ModelChoice {
  readonly format: ModelFormat;
  readonly precision: BundlePrecision;
}

export interface SelectedModels {
  readonly selected: readonly ModelChoice[];
  /** What "all" leaves out, since the format does not have the storage precision. */
  readonly skipped: readonly ModelChoice[];
}

/**
 * @param wanted "all" skips the storage precisions that a format lacks.
 * @throws FleuronError `precision-unsupported` for a format that was named and lacks one of the storage precisions.
 */
export function selectModels(
  wanted: BundleFormat | "all",
  precisions: readonly BundlePrecision[],
): SelectedModels {
  const choices = formats
    .filter(({ name }) => wanted === "all" || name === wanted)
    .flatMap((format) => [...new Set(precisions)].map((precision) => ({ format, precision })));
  const supported = ({ format, precision }: ModelChoice) => format.precisions.includes(precision);
  const skipped = choices.filter((choice) => !supported(choice));
  if (skipped.length > 0 && wanted !== "all") throw unsupported(skipped[0]!);
  return { selected: choices.filter(supported), skipped };
}

const unsupported = ({ format, precision }: ModelChoice) =>
  exportError("precision-unsupported", `The format ${format.name} has no storage precision ${precision}.`, {
    subject: "precision",
    hint: `It has ${format.precisions.join(", ")}.`,
  });
