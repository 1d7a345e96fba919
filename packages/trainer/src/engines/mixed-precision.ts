/** "auto" multiplies in bfloat16 where the engine and the processor do, and the recipe allows it. */
export const mixedPrecisions = ["auto", "none", "bfloat16"] as const;
export type MixedPrecision = (typeof mixedPrecisions)[number];
