// An entry of the package by itself, which loads nothing else: what a command line must know.
import { bundlePrecisions } from "@fleuron/model";
import { type OptionRecord, oneOf } from "@fleuron/model/options";

export const loadClassifierOptions = {
  precision: {
    takes: oneOf(bundlePrecisions, "Precisions"),
    value: "name",
    help: `storage precision of the bundle's model: ${bundlePrecisions.join(", ")}`,
    defaultHelp: "the most exact",
  },
} as const satisfies OptionRecord;
