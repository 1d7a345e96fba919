import { type OptionRecord, type OptionsOf, seed, share } from "@fleuron/model/options";

export const splitOptions = {
  validationSplit: {
    takes: share,
    default: 0.2,
    value: "share",
    help: "share of each class used for validation, unless there is a val/",
  },
  splitSeed: {
    takes: seed,
    default: 0,
    value: "n",
    help: "random seed of the validation split",
  },
} as const satisfies OptionRecord;

export type SplitOptions = OptionsOf<typeof splitOptions>;
