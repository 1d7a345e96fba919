import { randomStream } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { calibrate, isFittedTo } from "./calibrate.js";
import { type LabelledAnswer, logSumExp } from "./evaluate.js";

/** Photos whose classes are drawn with the probabilities softmax(logits), of which a network says softmax(logits × `boast`). */
function answersOf(photos: number, boast: number): readonly LabelledAnswer[] {
  const random = randomStream(7, "augment", 0, 0);
  return Array.from({ length: photos }, () => {
    const logits = Array.from({ length: 4 }, () => 3 * random.normal());
    const total = logSumExp(logits);
    let rest = random.uniform();
    const label = logits.findIndex((logit) => {
      rest -= Math.exp(logit - total);
      return rest < 0;
    });
    const said = logits.map((logit) => logit * boast);
    const normalizer = logSumExp(said);
    return { logProbabilities: said.map((value) => value - normalizer), label: label < 0 ? 3 : label };
  });
}

describe("the temperature", () => {
  it.each([0.4, 1, 3])("of probabilities that are %s times too sure takes that back", (boast) => {
    const { temperature } = calibrate(answersOf(4000, boast));
    expect(temperature / boast).toBeGreaterThan(0.93);
    expect(temperature / boast).toBeLessThan(1.07);
  });

  it("of few photos stays near 1, though all are named rightly, or all wrongly", () => {
    const named = (label: number) =>
      Array.from({ length: 3 }, () => ({ logProbabilities: [0.9, 0.1].map(Math.log), label }));
    expect(calibrate([])).toEqual({ temperature: 1 });
    expect(calibrate(named(0)).temperature).toBeGreaterThan(0.8);
    expect(calibrate(named(0)).temperature).toBeLessThan(1);
    expect(calibrate(named(1)).temperature).toBeGreaterThan(1.3);
    expect(calibrate(named(1)).temperature).toBeLessThan(3);
  });

  it("is found for certainties whose exponentials overflow", () => {
    const certain = (label: number) => ({ logProbabilities: [0, -5000], label });
    expect(calibrate([certain(0), certain(1)]).temperature).toBe(20);
    expect(calibrate([certain(0), certain(0)]).temperature).toBeCloseTo(1, 3);
  });
});

describe("the threshold", () => {
  it("lies above the least probable twentieth of the photos, by tempered probabilities", () => {
    const answers = answersOf(1000, 2);
    const { temperature, rejectBelow } = calibrate(answers);
    const below = answers.filter(({ logProbabilities }) => {
      const tempered = logProbabilities.map((value) => value / temperature);
      return Math.exp(Math.max(...tempered) - logSumExp(tempered)) < rejectBelow!;
    });
    expect(Math.abs(below.length - 50)).toBeLessThanOrEqual(1);
  });

  /** Two classes, whose logits are `sure` apart, give or take; the first photos are hard, and the last ones named wrongly. */
  const sureAnswers = ({ photos = 400, sure = 20, hard = 0, wrong = 0 }): readonly LabelledAnswer[] => {
    const random = randomStream(1, "sample", 0, photos);
    return Array.from({ length: photos }, (_, photo) => {
      const apart = photo < hard ? 2 : Math.max(4, sure + 3 * random.normal());
      return {
        logProbabilities: [-Math.log1p(Math.exp(-apart)), -apart - Math.log1p(Math.exp(-apart))],
        label: photo < photos - wrong ? 0 : 1,
      };
    });
  };

  it.each([
    { sure: 14 },
    { sure: 16 },
    { sure: 20 },
    { sure: 20, hard: 10 },
    { sure: 20, wrong: 1 },
    { sure: 25, wrong: 3 },
    { sure: 60 },
    { photos: 20, sure: 14 },
    { photos: 4000, sure: 14 },
  ])("rejects a twentieth of sure answers at most, in float32 too: %o", (given) => {
    const answers = sureAnswers(given);
    const { temperature, rejectBelow } = calibrate(answers);
    const rejected = answers.filter(({ logProbabilities }) => {
      const tempered = logProbabilities.map((value) => value / temperature);
      return Math.fround(Math.exp(tempered[0]! - logSumExp(tempered))) < rejectBelow!;
    });
    expect(rejected.length).toBeLessThanOrEqual(answers.length / 20);
    expect(rejectBelow).toBeLessThanOrEqual(0.9999);
  });

  it("is not given by fewer than twenty photos", () => {
    expect(calibrate(answersOf(19, 1))).not.toHaveProperty("rejectBelow");
    expect(calibrate(answersOf(20, 1))).toHaveProperty("rejectBelow");
  });
});

it("fits to every second photo, and to 5,000 at most", () => {
  const fitted = (count: number) =>
    Array.from({ length: count }, (_, at) => at).filter((at) => isFittedTo(at, count));
  expect(fitted(5)).toEqual([0, 2, 4]);
  expect(fitted(10_000)).toHaveLength(5000);
  expect(fitted(10_002).slice(0, 2)).toEqual([0, 4]);
  expect(fitted(70_000).length).toBeLessThanOrEqual(5000);
});
