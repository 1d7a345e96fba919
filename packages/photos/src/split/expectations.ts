/** What is to be expected of a run on these photos, whatever it does. */
import { count, counted, percent, wilsonInterval } from "@fleuron/model";
import type { PhotosWarning } from "../events.js";
import { imbalanceOf } from "./imbalance.js";
import type { Split } from "./split-dataset.js";

/** Fewer training photos of a class than these leave a network from scratch with hardly more than colours. */
const FEW_FROM_SCRATCH = 100;
/** Fewer validation photos than these leave the accuracy open by more than ten points up and down. */
const FEW_TO_VALIDATE = 100;

export interface ExpectedRun {
  /** Whether its network begins with drawn weights. */
  readonly fromScratch: boolean;
  /** Whether all classes count alike in its loss, however many photos they have. */
  readonly balanced: boolean;
}

export function* expectations(
  { labels, train, val }: Pick<Split, "labels" | "train" | "val">,
  { fromScratch, balanced }: ExpectedRun,
): Generator<PhotosWarning> {
  const perClass = Math.round(train.length / labels.length);
  if (fromScratch && perClass < FEW_FROM_SCRATCH) {
    const message =
      `${counted(perClass, "training photo")} of a class, on average, ${perClass === 1 ? "is" : "are"} few for a network that begins with nothing. ` +
      "An ONNX classifier that goes on learning (`network`) makes do with twenty.";
    yield { type: "warning", code: "photos-few", message };
  }
  if (val.length < FEW_TO_VALIDATE) {
    const [low, high] = wilsonInterval(val.length / 2, val.length);
    const message =
      `${counted(val.length, "validation photo")} ${val.length === 1 ? "says" : "say"} little: an accuracy of 50% on them means ` +
      `${percent(low, 0)} to ${percent(high, 0)}.`;
    yield { type: "warning", code: "validation-small", message };
  }
  const { largest, smallest, ratio, isLarge } = imbalanceOf(labels, train);
  if (isLarge && !balanced) {
    const message =
      `${largest.label} has ${count(largest.count)} training photos and ${smallest.label} ${count(smallest.count)}, ` +
      `${ratio.toFixed(1)} times fewer: the network will name ${smallest.label} too rarely. With \`classWeights\` balanced all classes count alike.`;
    yield { type: "warning", code: "classes-unbalanced", message };
  }
}
