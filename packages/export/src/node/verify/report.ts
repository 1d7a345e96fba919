import type { BundleFormat, BundlePrecision, LargestClass } from "@fleuron/model";
import type { Agreement } from "../../agreement.js";

/** A model of a bundle on something that runs it, beside the reference. */
export interface ModelCheck extends Agreement {
  readonly format: BundleFormat;
  readonly precision: BundlePrecision;
  /** What ran it: "onnxruntime-node". */
  readonly runner: string;
  /** Fewer than the report's where the runner is slow. */
  readonly photos: number;
  /** The accuracy on these photos; null where their classes are not known. */
  readonly accuracy: number | null;
  /** The reference's, of the same photos. */
  readonly referenceAccuracy: number | null;
  /** The size of all of the model's files. */
  readonly bytes: number;
  /** Milliseconds a photo, given one by one. */
  readonly latency: number;
  /** Whether it computes what it should; always true of the precisions that may differ. */
  readonly passed: boolean;
}

export interface VerificationReport {
  /** Absolute. */
  readonly bundle: string;
  /** What the others were compared with: "trainer", or a model of the bundle. */
  readonly reference: string;
  readonly photos: number;
  /** The accuracy of the reference; null where the photos' classes are not known. */
  readonly accuracy: number | null;
  /** What always naming it would give on these photos; null where their classes are not known. */
  readonly largestClass: LargestClass | null;
  readonly checks: readonly ModelCheck[];
  /** Whether every float32 model is within the limits. */
  readonly passed: boolean;
}

/** Largest |Δ probability| that a float32 model may have. */
export const FLOAT32_TOLERANCE = 1e-4;

/** Weights that are stored in fewer bits may differ; the report says by how much. */
export const isWithinLimits = (precision: BundlePrecision, agreement: Agreement): boolean =>
  precision !== "float32" || (agreement.maxDifference <= FLOAT32_TOLERANCE && agreement.top1Agreement === 1);
