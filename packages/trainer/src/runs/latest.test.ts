// Which run the other commands find by themselves.
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { latestRun, type TrainOptions, train } from "../../dist/index.js";
import { type Lab, openLab, recordOf, small, warningsOf } from "../fixtures/lab.js";

let lab: Lab;
let data: string;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 6 });
});
afterAll(() => lab[Symbol.asyncDispose]());

const begin = (options: Partial<TrainOptions>) => follow(train({ ...small, epochs: 1, data, ...options }));

it("is the one of the runs' folder that was started last", async () => {
  const runsFolder = lab.path("runs");
  const { events } = await begin({ runsFolder });
  const end = events.at(-1);
  const folder = await latestRun(runsFolder);
  expect(end).toMatchObject({ type: "end", latest: true, folder });
  await begin({ runsFolder, initFrom: join(runsFolder, "latest") });
  expect(await recordOf(await latestRun(runsFolder))).toMatchObject({
    settings: { initFrom: join(folder, "best.safetensors") },
  });
});

it("is none that lies elsewhere: nothing is left beside it or where runs lie", async () => {
  const runsFolder = lab.path("untouched");
  const { events } = await begin({ runsFolder, out: lab.path("elsewhere", "run") });
  expect(events.at(-1)).toMatchObject({ type: "end", latest: false });
  expect(existsSync(runsFolder)).toBe(false);
  expect(await readdir(lab.path("elsewhere"))).toEqual(["run"]);
});

it("is reported where it cannot be recorded, and the run continues", async () => {
  const runsFolder = lab.path("stubborn");
  await mkdir(lab.path("stubborn", "latest", "in-the-way"), { recursive: true });
  const { events } = await begin({ runsFolder });
  expect(warningsOf(events)).toMatchObject([
    {
      code: "latest-not-written",
      message: expect.stringMatching(/name it with `run`: .*latest cannot be written/),
    },
  ]);
  const end = events.at(-1);
  expect(end).toMatchObject({ type: "end", reason: "completed", latest: false });
  expect(await readdir(runsFolder)).toEqual(["latest", end?.type === "end" && basename(end.folder)]);
});
