import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resume, train } from "../../dist/index.js";
import {
  expectSameRun,
  type Lab,
  lossesOf,
  openLab,
  recordOf,
  small as smallest,
  stopAt,
} from "../fixtures/lab.js";

// Runs start threads from the built package: what is tested here is dist.

/** Enough steps in an epoch to stop in the middle of it, on a busy machine too. */
const small = { ...smallest, batchSize: 1 } as const;

let lab: Lab;
let data: string;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 25 });
});
afterAll(() => lab[Symbol.asyncDispose]());

describe("a run", () => {
  let reference: string;
  beforeAll(async () => {
    reference = lab.path("reference");
    await follow(train({ ...small, data, seed: 5, out: reference }));
  });

  it("is repeated bit for bit by another with its seed", async () => {
    const run = lab.path("again");
    await follow(train({ ...small, data, seed: 5, out: run }));
    await expectSameRun(run, reference);
  });

  it("differs with another seed", async () => {
    const run = lab.path("other-seed");
    await follow(train({ ...small, data, seed: 6, out: run }));
    expect(await lossesOf(run)).not.toEqual(await lossesOf(reference));
  });

  it("ends the same after it was stopped in mid-epoch, twice, and resumed", async () => {
    const run = lab.path("stopped");
    const first = stopAt(1, 3);
    const { events } = await follow(
      train({ ...small, data, seed: 5, out: run, signal: first.signal }),
      first.see,
    );
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "stopped", epoch: 0, final: null });
    expect(await recordOf(run)).toMatchObject({ status: "stopped", best: null, final: null });

    const second = stopAt(2, 1);
    const more = await follow(resume({ run, skipReport: true, signal: second.signal }), second.see);
    const step = more.events.find((event) => event.type === "step");
    expect(step?.epoch).toBe(1);
    expect(step?.step).toBeGreaterThan(3);
    expect(more.events.at(-1)).toMatchObject({ type: "end", reason: "stopped", epoch: 1 });

    const { events: last } = await follow(resume({ run, skipReport: true }));
    expect(last.at(-1)).toMatchObject({ type: "end", reason: "completed", epoch: 3 });
    await expectSameRun(run, reference);
    const [record, wanted] = [await recordOf(run), await recordOf(reference)];
    expect(record.status).toBe("completed");
    expect(record.best).toEqual(wanted.best);
    expect(record.final).toMatchObject((await lossesOf(reference)).at(-1)!);
  });

  it("goes on after its end when it is given more epochs", async () => {
    const run = lab.path("longer");
    await follow(train({ ...small, recipe: "notebook", data, epochs: 1, out: run }));
    const { events } = await follow(resume({ run, skipReport: true, epochs: 2 }));
    expect(events.filter(({ type }) => type === "epoch")).toMatchObject([{ epoch: 2, epochs: 2 }]);
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", epoch: 2, epochs: 2 });
    const straight = lab.path("straight");
    await follow(train({ ...small, recipe: "notebook", data, epochs: 2, out: straight }));
    await expectSameRun(run, straight);
  });

  it("has nothing to do after its end without more epochs, and says the same result", async () => {
    const before = await recordOf(reference);
    const { events } = await follow(resume({ run: reference, skipReport: true }));
    expect(events.some(({ type }) => type === "step")).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", best: before.best });
    expect(await recordOf(reference)).toMatchObject({ best: before.best, final: before.final });
  });

  it("is not cut to fewer epochs", async () => {
    await expect(follow(resume({ run: reference, skipReport: true, epochs: 2 }))).rejects.toMatchObject({
      code: "epochs-too-few",
      message: expect.stringContaining("3 epochs; it cannot be cut to 2"),
    });
    expect(await recordOf(reference)).toMatchObject({ status: "completed", epochs: 3 });
  });

  it("is in use while it trains, and free when its events are left", async () => {
    const run = lab.path("left");
    for await (const event of train({ ...small, data, seed: 5, out: run })) {
      if (event.type !== "epoch") continue;
      await expect(follow(resume({ run, skipReport: true }))).rejects.toMatchObject({ code: "run-in-use" });
      break;
    }
    expect(await recordOf(run)).toMatchObject({ status: "stopped", best: { epoch: 1 } });
    const metrics = await lossesOf(run);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await lossesOf(run), "nobody trains on").toEqual(metrics);
    await follow(resume({ run, skipReport: true }));
    await expectSameRun(run, reference);
  });

  it("is not begun when it is aborted while the photos are read", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const out = lab.path("never");
    const photos = await lab.photos("more-photos", { perClass: 20, firstSeed: 100 });
    const work = train({ ...small, data: photos, out, signal: controller.signal });
    await expect(follow(work, () => controller.abort(reason))).rejects.toBe(reason);
    await expect(recordOf(out)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
