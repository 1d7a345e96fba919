// Everything that decides what is in a batch besides the photos, as plain JSON that crosses into workers.
import type { SquarePreprocessing } from "@fleuron/model";
import type { Augmentation } from "../augmentation/augmentation.js";
import type { Mixing } from "../augmentation/mixing.js";
import type { PhotoColours } from "../augmentation/photo-colours.js";
import type { TestTimeAugmentation } from "../augmentation/test-time-augmentation.js";

export interface DropoutMaskInput {
  readonly name: string;
  readonly keepRate: number;
  /** Elements per photo. */
  readonly size: number;
}

export interface BatchSettings {
  readonly seed: number;
  readonly batchSize: number;
  readonly keepPartialBatch: boolean;
  readonly classes: number;
  readonly labelSmoothing: number;
  /** What a photo of each class counts for in the loss; default: all the same. */
  readonly classWeights?: readonly number[];
  readonly preprocessing: SquarePreprocessing;
  readonly augmentation: Augmentation;
  readonly mixing: Mixing | null;
  /** The colours of the training photos, where the augmentation shifts colours. */
  readonly colours?: PhotoColours;
  /** The views of each photo that is evaluated; default "none". */
  readonly testTimeAugmentation?: TestTimeAugmentation;
  readonly dropoutMasks: readonly DropoutMaskInput[];
  /** Default: all of each batch. */
  readonly share?: Share;
}

/** Which part of each batch is made: of `count` parts, this one, from 0. */
export interface Share {
  readonly rank: number;
  readonly count: number;
}

/** Steps of an epoch over `photos` photos; a data set smaller than a batch still makes one. */
export const stepsPerEpoch = (
  photos: number,
  { batchSize, keepPartialBatch }: Pick<BatchSettings, "batchSize" | "keepPartialBatch">,
): number => Math.max(1, keepPartialBatch ? Math.ceil(photos / batchSize) : Math.floor(photos / batchSize));
