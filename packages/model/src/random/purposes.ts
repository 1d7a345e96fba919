/**
 * What random numbers are drawn for; each purpose has streams of its own. The numbers are part of every
 * run's reproducibility: add new ones, never change or reuse one.
 */
export const RANDOM_PURPOSES = {
  /** Initial weights; `index` is the parameter. */
  initialise: 1,
  /** Order of the photos in an epoch. */
  shuffle: 2,
  /** Crop, flip and colour; `index` is the photo. */
  augment: 3,
  /** Mixup and CutMix; `index` is the step. */
  mix: 4,
  /** Dropout masks. */
  dropoutMask: 5,
  /** Training, validation and test photos. */
  split: 6,
  /** Pictures that the project draws itself; `index` is the picture. */
  draw: 7,
  /** Choice of a subset, such as photos to calibrate with. */
  sample: 8,
  /** The picture that a runtime checks a model by. */
  mosaic: 9,
} as const;

export type RandomPurpose = keyof typeof RANDOM_PURPOSES;
