import { expect, it } from "vitest";
import { summarise } from "./summarise.js";

it("compares ours with each in its round, whatever slows rounds down", () => {
  const counted = { secondsToFirstStep: 1, dispatchesPerStep: 2, bufferBytes: 3 };
  const [ours, theirs] = summarise([
    { name: "ours", ...counted, steps: [1, 10, 2] },
    { name: "theirs", ...counted, steps: [4, 40, 10] },
  ]);
  expect(ours).toEqual({ name: "ours", ...counted, msPerStep: { median: 2, minimum: 1 }, ratio: 1 });
  expect(theirs).toMatchObject({ msPerStep: { median: 10, minimum: 4 }, ratio: 0.25 });
});
