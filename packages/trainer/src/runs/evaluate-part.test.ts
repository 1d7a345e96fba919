// `test/` of a run's photos, on the built package.
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evaluate, train } from "../../dist/index.js";
import { type Lab, openLab, recordOf, small } from "../fixtures/lab.js";

let lab: Lab;
let run: string;

beforeAll(async () => {
  lab = await openLab();
  run = lab.path("run");
  await lab.photos("photos/train", { perClass: 4 });
  await lab.photos("photos/Validation", { perClass: 1, firstSeed: 10 });
  await lab.photos("photos/TEST", { perClass: 3, firstSeed: 20 });
});
afterAll(() => lab[Symbol.asyncDispose]());

it("is counted when a run begins, never seen by it, and measured on when asked for", async () => {
  const { events } = await follow(train({ ...small, data: lab.path("photos"), out: run, epochs: 1 }));
  expect(events.find((event) => event.type === "run")).toMatchObject({
    trainCount: 8,
    valCount: 2,
    testCount: 6,
    largestClass: { label: "daisy", share: 0.5 },
  });
  expect(await recordOf(run)).toMatchObject({ dataset: { photos: 16, testCount: 6 } });
  const measured = { source: "data", part: "test", learntFrom: 0, count: 6 };
  expect((await follow(evaluate({ run, part: "test", threads: 1 }))).result).toMatchObject(measured);
  const data = lab.path("photos");
  expect((await follow(evaluate({ run, data, part: "test", threads: 1 }))).result).toMatchObject(measured);
  const train4 = lab.path("photos", "train");
  await expect(follow(evaluate({ run, data: train4, part: "test" }))).rejects.toMatchObject({
    code: "photos-not-found",
    subject: "part",
    message: `${train4} has no folder test/ with photos.`,
  });
});
