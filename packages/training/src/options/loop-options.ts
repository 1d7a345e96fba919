// The options that reach the training loop by themselves: a run's settings keep them, and the loop gets them under their
// names. To add one: an entry here, and what `loop/train.ts` does with it.
import { type OptionRecord, type OptionsOf, positiveInteger } from "@fleuron/model/options";

export const loopOptions = {
  /** Epochs without a new low of the smoothed validation loss after which the run ends. Default: it does not. */
  patience: {
    takes: positiveInteger,
    value: "epochs",
    help: "stop after this many epochs without improvement of the smoothed validation loss",
    onResume: {},
  },
} as const satisfies OptionRecord;

export type LoopSettings = OptionsOf<typeof loopOptions>;
