import { expect, it } from "vitest";
import { answerOf } from "./answer-of.js";

const labels = ["a", "b", "c"];

it.each([
  [0.5, false],
  [0.5001, true],
  [undefined, false],
])(
  "of a photo of probability 0.5, below %s: rejected is %s, and the labels stay",
  (rejectBelow, rejected) => {
    expect(answerOf([0.2, 0.5, 0.3], { labels, rejectBelow, topK: 1 })).toEqual({
      predictions: [{ label: "b", probability: 0.5 }],
      rejected,
    });
  },
);
