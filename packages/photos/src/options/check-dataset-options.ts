import {
  type OptionRecord,
  type OptionsOf,
  path,
  positiveInteger,
  signal,
  threads,
} from "@fleuron/model/options";
import { splitOptions } from "./split-options.js";

export const checkDatasetOptions = {
  /** A folder per class, or `train/` and `val/` folders of classes. */
  folder: { takes: path, required: true },
  tinyBelow: {
    takes: positiveInteger,
    default: 100,
    value: "pixels",
    help: "list photos whose shorter side is below",
  },
  /** As for `train`: decides which duplicates lie across the split. */
  ...splitOptions,
  threads: { takes: threads, value: "n", help: "threads that decode; at most, and by default, one per core" },
  signal: { takes: signal },
} as const satisfies OptionRecord;

export type CheckDatasetOptions = OptionsOf<typeof checkDatasetOptions>;
