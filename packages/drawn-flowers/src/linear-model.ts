/**
 * The yardstick for drawn pictures: softmax regression on pixels, which sees colours and places but no
 * structure. If it did well, the pictures would be too easy.
 */
import { permutation, type RgbImage, randomStream, resample } from "@fleuron/model";

const SIDE = 32;
const FEATURES = SIDE * SIDE * 3;
const EPOCHS = 12;
const BATCH = 32;
const LEARNING_RATE = 0.01;
const WEIGHT_DECAY = 0.02;

export interface LinearSample {
  /** From {@link linearFeatures}. */
  readonly features: Float32Array;
  readonly label: number;
}

/** The picture squashed to 32×32 pixels, values from −1 to 1. */
export function linearFeatures(image: RgbImage): Float32Array {
  const { data } = resample(image, { width: SIDE, height: SIDE, filter: "triangle" });
  return Float32Array.from(data, (value) => value / 127.5 - 1);
}

/**
 * Trains on `train` by stochastic gradient descent with weight decay and gives the accuracy on `val`, of its
 * best epoch: the model's best chance. Yields after each epoch, so that the caller may breathe.
 */
export function* linearAccuracy(
  train: readonly LinearSample[],
  val: readonly LinearSample[],
  classes: number,
): Generator<{ readonly epoch: number; readonly epochs: number }, number> {
  const weights = new Float32Array(classes * (FEATURES + 1));
  let best = 0;
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const order = permutation(randomStream(0, "shuffle", epoch, 0), train.length);
    const rate = LEARNING_RATE * (1 - (epoch - 1) / EPOCHS);
    for (let begin = 0; begin < order.length; begin += BATCH) {
      descend(
        weights,
        [...order.subarray(begin, begin + BATCH)].map((index) => train[index]!),
        rate,
        classes,
      );
    }
    const right = val.filter((sample) => classOf(weights, sample.features, classes) === sample.label);
    best = Math.max(best, right.length / val.length);
    yield { epoch, epochs: EPOCHS };
  }
  return best;
}

function descend(weights: Float32Array, batch: readonly LinearSample[], rate: number, classes: number): void {
  const errors = batch.map(({ features, label }) => {
    const share = softmax(logits(weights, features, classes));
    share[label]! -= 1;
    return share;
  });
  const step = rate / batch.length;
  for (let label = 0; label < classes; label++) {
    const own = weights.subarray(label * (FEATURES + 1), (label + 1) * (FEATURES + 1));
    for (let i = 0; i < FEATURES; i++) own[i]! *= 1 - rate * WEIGHT_DECAY;
    batch.forEach(({ features }, index) => {
      const change = step * errors[index]![label]!;
      for (let i = 0; i < FEATURES; i++) own[i]! -= change * features[i]!;
      own[FEATURES]! -= change;
    });
  }
}

function logits(weights: Float32Array, features: Float32Array, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  for (let label = 0; label < classes; label++) {
    const start = label * (FEATURES + 1);
    let sum = weights[start + FEATURES]!;
    for (let i = 0; i < FEATURES; i++) sum += weights[start + i]! * features[i]!;
    sums[label] = sum;
  }
  return sums;
}

function softmax(values: Float64Array): Float64Array {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function classOf(weights: Float32Array, features: Float32Array, classes: number): number {
  const values = logits(weights, features, classes);
  return values.indexOf(Math.max(...values));
}
