/** What a frozen body gives for some photos. */
export interface FeatureSet {
  /** The class of each photo. */
  readonly labels: readonly number[];
  /** How many features a photo has. */
  readonly length: number;
  /** [photos, length]. */
  readonly data: Float32Array;
}
