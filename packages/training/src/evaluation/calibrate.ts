// Temperature and threshold of a network, fitted to one half of the validation photos; the other half says what they are worth.
import type { Calibration } from "@fleuron/model";
import { type LabelledAnswer, logSumExp } from "./evaluate.js";

/** More photos tell a temperature no better, and their answers would have to be kept. */
const MOST_PHOTOS = 5000;

/** Whether the photo of an index, of `count` in the order of their classes, is one to fit to: every second, or fewer of very many. */
export const isFittedTo = (index: number, count: number): boolean =>
  index % (2 * Math.max(1, Math.ceil(count / (2 * MOST_PHOTOS)))) === 0;

/** Fewer photos say nothing about the least probable of twenty. */
const FEWEST_TO_REJECT = 20;
/** The share of photos of the classes that may be called none of them. */
const REJECTED = 0.05;
/** Photos whose probability is 1, or just below in the float32 of those who compare, are none to reject. */
const HIGHEST_THRESHOLD = 0.9999;

/** @param answers what an uncalibrated network says of photos that it was not trained on. */
export function calibrate(answers: readonly LabelledAnswer[]): Calibration {
  const temperature = fitTemperature(answers);
  if (answers.length < FEWEST_TO_REJECT) return { temperature };
  const greatest = answers
    .map(({ logProbabilities }) => Math.exp(-logSumExp(fromGreatest(logProbabilities, temperature))))
    .sort((one, other) => one - other);
  return { temperature, rejectBelow: threshold(greatest[Math.floor(REJECTED * greatest.length)]!) };
}

/** How many photos' worth of doubt keeps the temperature near 1. */
const DOUBT = 4;
const LARGEST = 20;
/** Halvings of a range of logarithms that float64 does not exhaust, and four digits do. */
const HALVINGS = 24;

/**
 * The temperature of the lowest cross-entropy (C. Guo et al., "On calibration of modern neural networks", ICML 2017, section 4.2),
 * from 0.05 to 20. Of few photos a network names all, and would be certain for ever: to the sum over the photos is added
 * 4 (β − 1 − ln β) with β = 1 ÷ temperature, which is lowest at 1. Both are convex in β, so the slope has one zero.
 */
function fitTemperature(answers: readonly LabelledAnswer[]): number {
  let [low, high] = [1 / LARGEST, LARGEST];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = Math.sqrt(low * high);
    if (slopeAt(middle, answers) > 0) high = middle;
    else low = middle;
  }
  return rounded(1 / Math.sqrt(low * high));
}

/** The derivative by β of Σ −log softmax(β z)[label] + DOUBT (β − 1 − ln β). */
function slopeAt(beta: number, answers: readonly LabelledAnswer[]): number {
  return answers.reduce(
    (sum, { logProbabilities, label }) => {
      const greatest = Math.max(...logProbabilities);
      const weights = logProbabilities.map((value) => Math.exp(beta * (value - greatest)));
      const total = weights.reduce((one, other) => one + other);
      const mean = logProbabilities.reduce((one, value, index) => one + value * weights[index]!, 0) / total;
      return sum + mean - logProbabilities[label]!;
    },
    DOUBT * (1 - 1 / beta),
  );
}

function fromGreatest(logProbabilities: readonly number[], temperature: number): readonly number[] {
  const greatest = Math.max(...logProbabilities);
  return logProbabilities.map((value) => (value - greatest) / temperature);
}

/** No photo's figure has more digits than four. */
const DIGITS = 4;
const rounded = (value: number) => Number(value.toPrecision(DIGITS));

/** Rounded down, so that a photo of the probability itself is not below. */
function threshold(probability: number): number {
  const unit = 10 ** (Math.floor(Math.log10(probability)) + 1 - DIGITS);
  const nearest = rounded(probability);
  return Math.min(HIGHEST_THRESHOLD, nearest > probability ? rounded(nearest - unit) : nearest);
}
