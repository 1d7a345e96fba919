// A recipe: everything about a training run that is not the data, the machine or the network's width.
import { initialisationSchema } from "@fleuron/model";
import { positiveInteger, positiveNumber, share, written } from "@fleuron/model/options";
import * as v from "valibot";
import { augmentationSchema } from "../augmentation/augmentation.js";
import { mixingSchema } from "../augmentation/mixing.js";
import { photoColoursSchema, rgbSchema } from "../augmentation/photo-colours.js";
import { testTimeAugmentations } from "../augmentation/test-time-augmentation.js";
import { optimiserSchema } from "../optimisers/index.js";
import { scheduleSchema } from "../schedules/index.js";
import { trainableKind } from "./trainable.js";

const weight = v.pipe(v.number(), v.finite(), v.minValue(0));

export const recipeSchema = v.strictObject({
  name: v.string(),
  /** One sentence for `--help` and the report. */
  summary: v.string(),
  epochs: written(positiveInteger),
  batchSize: written(positiveInteger),
  /** Whether an epoch's last batch is used when it is smaller than the others. */
  keepPartialBatch: v.boolean(),
  network: v.strictObject({ dropout: written(share), batchNormMomentum: written(share) }),
  /** Whether an engine that can may multiply in bfloat16. */
  mixedPrecision: v.boolean(),
  initialisation: initialisationSchema,
  optimiser: optimiserSchema,
  schedule: scheduleSchema,
  /** Share of a target's probability that is spread evenly over all classes. */
  labelSmoothing: written(share),
  /** How a photo becomes the network's input outside training, for an input of `imageSize` pixels. */
  preprocessing: v.strictObject({
    fit: v.picklist(["squash", "cover"]),
    filter: v.picklist(["nearest", "triangle"]),
    /** With "cover": the shorter side before the centre crop, as a multiple of the input's size. */
    resizeRatio: written(positiveNumber),
    /** In levels ÷ 255, as `std`. */
    mean: v.union([rgbSchema, v.literal("training-photos")], "three numbers or 'training-photos'"),
    std: rgbSchema,
  }),
  augmentation: augmentationSchema,
  /** Which layers learn of a network that was trained elsewhere; default: all. */
  trainable: v.optional(written(trainableKind)),
  /** What the learning rate is multiplied with for all of its parameters but the head's; default: they learn alike. */
  bodyRate: v.optional(written(positiveNumber)),
  mixing: v.nullable(mixingSchema),
  /** The views of a photo that `evaluate` averages unless asked otherwise; default "none". */
  test: v.optional(v.picklist(testTimeAugmentations)),
  /** What a photo of each class counts for in the loss: measured when a run starts that asks for balanced classes. */
  classWeights: v.optional(v.pipe(v.array(weight), v.readonly())),
  /** The colours of the training photos: measured when a run starts, where the recipe needs them. */
  colours: v.optional(photoColoursSchema),
});

export type Recipe = Readonly<v.InferOutput<typeof recipeSchema>>;

/** What a run follows once its engine, and with that its compute precision, is chosen. */
export type ChosenRecipe = Omit<Recipe, "mixedPrecision">;
