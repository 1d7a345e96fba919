// What a photo goes through in training, as data.
import * as v from "valibot";

const share = v.pipe(v.number(), v.minValue(0));
const positive = v.pipe(v.number(), v.gtValue(0));
const range = v.strictTuple([positive, positive]);

export const augmentationSchema = v.variant("type", [
  /** The same as outside training. */
  v.strictObject({ type: v.literal("none") }),
  /** A random part of the photo, resized to the input (Szegedy et al. 2014), mirrored half of the time, recoloured. */
  v.strictObject({
    type: v.literal("randomResizedCrop"),
    /** Share of the photo's area, uniform. */
    area: range,
    /** Width ÷ height of the part, uniform in its logarithm. */
    aspectRatio: range,
    flip: v.boolean(),
    /** Each factor is uniform in 1 ± this. */
    brightness: share,
    contrast: share,
    saturation: share,
  }),
  /**
   * A square of the input's size at a random place of the photo's resized central square, mirrored half of the
   * time, its colours shifted along the principal components of the training photos' (Krizhevsky et al. 2012).
   */
  v.strictObject({
    type: v.literal("randomCrop"),
    flip: v.boolean(),
    /** Standard deviation of the shift along a component, as a multiple of its variance; 0: no shift. */
    colourNoise: share,
  }),
]);

export type Augmentation = v.InferOutput<typeof augmentationSchema>;
