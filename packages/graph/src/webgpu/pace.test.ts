import { expect, it } from "vitest";
import { Pace } from "./pace.js";

/** How many parts each submission of a run has, of parts of those many billions of operations. */
function paceOf(...billions: readonly number[]) {
  const pace = new Pace(billions.map((each) => ({ operations: each * 1e9 })));
  return { pace, counts: () => pace.submissions.map(({ length }) => length) };
}

it("divides the first run as for a slow GPU, and later ones by the time that they take", () => {
  const { pace, counts } = paceOf(10, 10, 10, 10, 10);
  expect(counts()).toEqual([2, 2, 1]);
  pace.took(50);
  expect(counts()).toEqual([5]);
  pace.took(1200);
  expect(counts()).toEqual([1, 1, 1, 1, 1]);
  pace.took(600);
  expect(counts()).toEqual([2, 2, 1]);
});

it("keeps the order, and a part whole that is more than the time allows", () => {
  const { pace } = paceOf(1, 90, 1, 2);
  expect(pace.submissions.map((parts) => parts.map(({ operations }) => operations / 1e9))).toEqual([
    [1],
    [90],
    [1, 2],
  ]);
});

it("submits a run without kernels as well, since it may copy", () => {
  expect(paceOf().counts()).toEqual([0]);
});
