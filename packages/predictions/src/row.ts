import type { NamedPhoto } from "@fleuron/model";
import type { UnreadablePhoto } from "@fleuron/runtime-node/photos";

/** A photo in the file. One that cannot be read has an `error` and nothing else beside its path. */
export interface PredictionRow {
  readonly path: string;
  /** The most probable one. */
  readonly label: string | null;
  readonly probability: number | null;
  /** The `topK` most probable ones, in falling order. */
  readonly labels: readonly string[] | null;
  /** Theirs, in the same order. */
  readonly probabilities: readonly number[] | null;
  /** Whether the most probable one is too improbable: none of these. */
  readonly rejected: boolean | null;
  readonly error: string | null;
}

export function namedRow(path: string, { predictions, rejected }: NamedPhoto): PredictionRow {
  const labels = predictions.map(({ label }) => label);
  const probabilities = predictions.map(({ probability }) => shortest(probability));
  const [label, probability] = [labels[0]!, probabilities[0]!];
  return { path, label, probability, labels, probabilities, rejected, error: null };
}

export const unreadableRow = ({ photo, message }: UnreadablePhoto): PredictionRow => ({
  path: photo,
  label: null,
  probability: null,
  labels: null,
  probabilities: null,
  rejected: null,
  error: message,
});

/** A float32 in the nine digits that say which one it is. */
const shortest = (value: number) => Number(value.toPrecision(9));
