import { type Classifier, type NamedPhoto, type ProgressEvent, preprocess } from "@fleuron/model";
import { type UnreadablePhoto, useFile } from "../photos/use-file.js";
import type { NodePhoto } from "./node-classifier.js";

export interface Prediction extends NamedPhoto {
  readonly photo: string;
}

export interface ClassifiedFiles {
  readonly predictions: readonly Prediction[];
  readonly unreadable: readonly UnreadablePhoto[];
}

export interface ClassifyFilesOptions {
  /** How many labels a photo gets, the most probable first. Default: all. */
  readonly topK?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const BATCH = 16;

/** Names the photos of files, in their order and several at a time. */
export async function* classifyFiles(
  classifier: Classifier<NodePhoto>,
  files: readonly string[],
  { topK = classifier.manifest.labels.length, signal }: ClassifyFilesOptions = {},
): AsyncGenerator<ProgressEvent, ClassifiedFiles> {
  const predictions: Prediction[] = [];
  const unreadable: UnreadablePhoto[] = [];
  const { preprocessing } = classifier.manifest;
  for (let start = 0; start < files.length; start += BATCH) {
    signal?.throwIfAborted();
    const group = files.slice(start, start + BATCH);
    const input = (file: string) => useFile(file, preprocessing, (image) => preprocess(image, preprocessing));
    const outcomes = await Promise.all(group.map(input));
    const readable = outcomes.flatMap((outcome) => ("result" in outcome ? [outcome] : []));
    unreadable.push(...outcomes.flatMap((outcome) => ("code" in outcome ? [outcome] : [])));
    const classified = await classifier.classify(
      readable.map(({ result }) => result),
      { topK, ...(signal && { signal }) },
    );
    predictions.push(
      ...classified.map(({ predictions, rejected }, index) => ({
        photo: readable[index]!.photo,
        predictions,
        rejected,
      })),
    );
    const completed = start + group.length;
    yield { type: "progress", task: "predicting", completed, total: files.length, unit: "photos" };
  }
  return { predictions, unreadable };
}
