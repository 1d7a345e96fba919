import { expect, it } from "vitest";
import { bestAfter, smoothedLoss } from "./best-epoch.js";

const of = (...losses: readonly number[]) => losses.map((valLoss) => ({ valLoss, valAccuracy: 0.5 }));

it("smooths a loss with the two before it, as far as there are any", () => {
  const validations = of(0.8, 0.5, 0.2, 0.6);
  const smoothed = [1, 2, 3, 4].map((epoch) => smoothedLoss(validations, epoch));
  const wanted = [0.8, (2 * 0.5 + 0.8) / 3, (2 * 0.2 + 0.5 + 0.8) / 4, (2 * 0.6 + 0.2 + 0.5) / 4];
  expect(smoothed).toEqual(wanted.map((value) => expect.closeTo(value, 12)));
});

it("needs a lower smoothed loss to leave the best, and keeps the earlier of equal ones", () => {
  const best = { epoch: 1, valLoss: 0.5, valAccuracy: 0.5, why: "lowest smoothed validation loss" } as const;
  expect(bestAfter(of(0.5, 0.5), best, false)).toBe(best);
  expect(bestAfter(of(0.5, 0.4), best, false)).toEqual({ ...best, epoch: 2, valLoss: 0.4 });
});
