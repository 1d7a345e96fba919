import { makeDrawn } from "@fleuron/photos";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { train } from "../../dist/index.js";
import { type Lab, openLab, recordOf, small } from "../fixtures/lab.js";

// Runs are started from the built package: what is tested here is dist.

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

it("a run on drawn pictures says so from the start, and how a linear model does on them", async () => {
  const data = lab.path("drawn");
  await follow(makeDrawn({ folder: data, count: 40, threads: 1 }));
  const out = lab.path("run");
  const { events } = await follow(train({ ...small, epochs: 1, data, out }));
  const start = events.find((event) => event.type === "run");
  expect(start).toMatchObject({ dataset: { name: "procedural", linearAccuracy: expect.any(Number) } });
  expect(await recordOf(out)).toMatchObject({
    dataset: { name: "procedural", path: data, linearAccuracy: start?.dataset.linearAccuracy },
  });
});

it("a run on photos of a folder has no such figure", async () => {
  const data = await lab.photos("photos", { perClass: 10 });
  const out = lab.path("photos-run");
  const { events } = await follow(train({ ...small, epochs: 1, data, out }));
  expect(events.find((event) => event.type === "run")?.dataset).toEqual({ name: "folder" });
  expect(await recordOf(out)).toMatchObject({ dataset: { name: "folder", path: data } });
});
