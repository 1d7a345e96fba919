import type { EpochMetrics, Evaluation } from "@fleuron/model";
import type { ReportedRun } from "./reported-run.js";

/** All that a report shows. */
export interface ReportData {
  /** The name of the run's folder. */
  readonly name: string;
  readonly record: ReportedRun;
  /** One or more epochs. */
  readonly metrics: readonly EpochMetrics[];
  /** The evaluation of the best epoch's weights on the validation photos. */
  readonly evaluation: Evaluation;
  /** The validation photos of the highest loss, that one first. */
  readonly hardest: readonly Specimen[];
  /** `data:` addresses of the first layer's kernels as pictures; empty where they cannot be shown. */
  readonly kernels: readonly string[];
}

export interface Specimen {
  readonly path: string;
  /** The class that it shows. */
  readonly label: number;
  /** The probability of each class. */
  readonly probabilities: ArrayLike<number>;
  /** Cross-entropy in nats. */
  readonly loss: number;
  /** A `data:` address; absent when the photo can no longer be read. */
  readonly picture: string | undefined;
}
