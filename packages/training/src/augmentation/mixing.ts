// Mixing the photos of a batch with each other: mixup (Zhang et al. 2017) and CutMix (Yun et al. 2019).
import * as v from "valibot";

const alpha = v.pipe(v.number(), v.gtValue(0));

export const mixingSchema = v.strictObject({
  /** Share of the batches that are mixed; half of those by CutMix, half by mixup. */
  probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** α of the Beta(α, α) that gives CutMix its share of the area. */
  cutMixAlpha: alpha,
  /** α of the Beta(α, α) that gives mixup its share. */
  mixupAlpha: alpha,
});

export type Mixing = v.InferOutput<typeof mixingSchema>;
