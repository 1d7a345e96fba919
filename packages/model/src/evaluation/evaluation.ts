import type { Rejection, Reliability } from "./reliability.js";

/** Accuracy of a classifier on photos. */
export interface Evaluation {
  readonly accuracy: number;
  readonly loss: number;
  readonly count: number;
  readonly labels: readonly string[];
  /** `confusion[actual][predicted]`. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly {
    readonly label: string;
    readonly count: number;
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
  }[];
  /** Logits were divided by it. */
  readonly temperature: number;
  /** What its probabilities are worth on the photos that temperature and threshold were not fitted to. */
  readonly reliability: Reliability;
  /** What its threshold does to the same photos; absent where the classifier has no threshold. */
  readonly rejection?: Rejection;
}
