// A recipe: everything about a training run that is not the data, the machine or the network's width.
import type { Initialisation } from "@fleuron/model";
import type { Augmentation } from "../augmentation/augmentation.js";
import type { Mixing } from "../augmentation/mixing.js";
import type { PhotoColours, Rgb } from "../augmentation/photo-colours.js";
import type { TestTimeAugmentation } from "../augmentation/test-time-augmentation.js";
import type { Optimiser } from "../optimisers/index.js";
import type { Schedule } from "../schedules/index.js";

export interface Recipe {
  readonly name: string;
  /** One sentence for `--help` and the report. */
  readonly summary: string;
  readonly epochs: number;
  readonly batchSize: number;
  /** Whether an epoch's last batch is used when it is smaller than the others. */
  readonly keepPartialBatch: boolean;
  readonly network: { readonly dropout: number; readonly batchNormMomentum: number };
  /** Whether an engine that can may multiply in bfloat16. */
  readonly mixedPrecision: boolean;
  readonly initialisation: Initialisation;
  readonly optimiser: Optimiser;
  readonly schedule: Schedule;
  /** Share of a target's probability that is spread evenly over all classes. */
  readonly labelSmoothing: number;
  /** How a photo becomes the network's input outside training, for an input of `imageSize` pixels. */
  readonly preprocessing: {
    readonly fit: "squash" | "cover";
    readonly filter: "nearest" | "triangle";
    /** With "cover": the shorter side before the centre crop, as a multiple of the input's size. */
    readonly resizeRatio: number;
    /** In levels ÷ 255, as `std`. */
    readonly mean: Rgb | "training-photos";
    readonly std: Rgb;
  };
  readonly augmentation: Augmentation;
  readonly mixing: Mixing | null;
  /** The views of a photo that `evaluate` averages unless asked otherwise; default "none". */
  readonly test?: TestTimeAugmentation;
  /** The colours of the training photos: measured when a run starts, where the recipe needs them. */
  readonly colours?: PhotoColours;
}
