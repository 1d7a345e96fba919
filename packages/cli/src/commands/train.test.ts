import { engineNames } from "@fleuron/trainer/engines";
import { describe, expect, it } from "vitest";
import type { StopSignal } from "../context.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { FakeSignals, runInProcess } from "../fixtures/run-in-process.js";

describe("train", () => {
  it.each(["auto", ...engineNames])("takes --engine %s", async (engine) => {
    const trainer = fakeTrainer();
    const line = ["train", "--data", "photos", "--engine", engine];
    expect((await runInProcess(line, { trainer })).exitCode).toBe(0);
    expect(trainer.calls.find(({ method }) => method === "train")?.options).toMatchObject({ engine });
  });

  it("hands over the options that are given, and leaves all others to the trainer and the recipe", async () => {
    const trainer = fakeTrainer();
    const line =
      "train --data photos --out runs/x --epochs 3 --checkpoint-every 30s --max-images 100 --deterministic";
    expect((await runInProcess(line.split(" "), { trainer })).exitCode).toBe(0);
    expect(trainer.calls).toEqual([
      {
        method: "train",
        options: {
          data: "photos",
          runsFolder: "runs",
          out: "runs/x",
          deterministic: true,
          epochs: 3,
          maxImages: 100,
          checkpointEvery: { unit: "minutes", minutes: 0.5 },
          signal: expect.any(AbortSignal),
        },
      },
    ]);
  });

  it("says nothing as one of several processes but the first, and does the same", async () => {
    const first = fakeTrainer({ launch: { rank: 0, count: 2 } });
    const second = fakeTrainer({ launch: { rank: 1, count: 2 } });
    const line = ["train", "--data", "photos", "--epochs", "3"];
    expect((await runInProcess(line, { trainer: first })).stdout).not.toBe("");
    const { exitCode, stdout, stderr } = await runInProcess(line, { trainer: second });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    const { signal: _, ...asked } = first.calls.at(-1)!.options as { signal?: unknown };
    expect(second.calls).toMatchObject([{ method: "train", options: asked }]);
  });

  it("hands over how long the run may take, and what it begins with", async () => {
    const trainer = fakeTrainer();
    const line = "train --data photos --time-budget 10m --patience 4 --init-from runs/a";
    expect((await runInProcess(line.split(" "), { trainer })).exitCode).toBe(0);
    expect(trainer.calls).toMatchObject([{ options: { timeBudget: 600, patience: 4, initFrom: "runs/a" } }]);
  });

  it("hands over a network that is a file, and what of it learns how", async () => {
    const trainer = fakeTrainer();
    const line =
      "train --data photos --network nets/petals.onnx --head fc --trainable last:2 --per-class 20 --preprocessing 0..1 --channels bgr --resize 256 --image-size 224";
    expect((await runInProcess(line.split(" "), { trainer })).exitCode).toBe(0);
    expect(trainer.calls).toMatchObject([
      {
        options: {
          ...{ network: "nets/petals.onnx", head: "fc", trainable: "last:2", perClass: 20 },
          ...{ preprocessing: "0..1", channels: "bgr", resize: "256", imageSize: 224 },
        },
      },
    ]);
  });

  it.each(["model.pt", "alexnett"])("knows no network %s", async (network) => {
    const { exitCode, stderr } = await runInProcess(["train", "--network", network], {
      trainer: fakeTrainer(),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`'--network' does not know '${network}'.`);
    expect(stderr).toContain("A path that ends in .onnx is a file.");
  });

  it("leaves the recipe and the run's folder to the trainer, which knows what photos there are", async () => {
    const trainer = fakeTrainer();
    await runInProcess(["train"], { trainer });
    expect(trainer.calls[0]!.options).toMatchObject({ runsFolder: "runs" });
    expect(trainer.calls[0]!.options).not.toHaveProperty("recipe", expect.anything());
    expect(trainer.calls[0]!.options).not.toHaveProperty("out", expect.anything());
  });

  it("shows what it trains, a line an epoch, how it ended and what comes next", async () => {
    const { stdout, stderr } = await runInProcess(["train", "--data", "photos", "--out", "runs/x"], {
      trainer: fakeTrainer(),
    });
    expect(stderr).toBe("");
    expect(stdout).not.toContain("\u001b");
    expect(stdout.split("\n")).toMatchInlineSnapshot(`
      [
        "❦ Training on photos",
        "warning: Skipped 1 unreadable photo: a.jpg.",
        "",
        "network  alexnet, 58,307,333 parameters",
        "recipe   modern: random crops and colours, CutMix and mixup, Nesterov momentum with warm-up and cosine",
        "photos   2,934 for training, 736 for validation",
        "classes  5: daisy, dandelion, roses, sunflowers, tulips",
        "plan     2 epochs of 3 steps, 32 photos per step",
        "engine   onnx-cpu, float32, 2 threads",
        "         the fastest on this processor, which is not faster in bfloat16",
        "folder   runs/x",
        "",
        "about 7.6s to go, at 17.2 img/s",
        "",
        "  epoch    loss     acc  val loss  val acc        lr     time   img/s",
        "    1/2  1.6000   40.0%    1.3333    50.0%      0.02   3m 06s    17.2  best",
        "    2/2  0.8000   40.0%    0.6667    70.0%      0.01   3m 06s    17.2  best",
        "",
        "Finished in 6m 13s: runs/x",
        "accuracy 89.3% on 736 validation photos, loss 0.4012",
        "always naming dandelion would give 24.5%",
        "best: epoch 2 of 2, the end of its schedule",
        "report: runs/x/report.html",
        "",
        "  pnpm demo           opens a page that classifies photos with it",
        "  pnpm evaluate       shows which classes it confuses",
        "  pnpm predict PHOTO  classifies a photo",
        "",
      ]
    `);
  });

  it("names the run in the next commands when it is not where runs are looked for", async () => {
    const { stdout } = await runInProcess(["train", "--data", "photos", "--out", "else where/x"], {
      trainer: fakeTrainer(),
    });
    expect(stdout).toContain("pnpm evaluate --run 'else where/x'");
  });

  it("names the run in the next commands when another one is the latest", async () => {
    const trainer = fakeTrainer({ latest: false });
    const { stdout } = await runInProcess(["train", "--resume", "runs/older"], { trainer });
    expect(stdout).toContain("pnpm evaluate --run runs/older");
  });

  it("prints every event and nothing else with --json", async () => {
    const events: unknown[] = [];
    const { stdout } = await runInProcess(["train", "--data", "photos", "--out", "runs/x", "--json"], {
      trainer: fakeTrainer({ onEvent: (event) => events.push(event) }),
    });
    expect(jsonLines(stdout)).toEqual(events);
  });

  it("leaves the choice of photos to the trainer when it is given none", async () => {
    const trainer = fakeTrainer();
    const { exitCode } = await runInProcess(["train"], { trainer });
    expect(exitCode).toBe(0);
    expect(trainer.calls).toEqual([
      { method: "train", options: { runsFolder: "runs", signal: expect.any(AbortSignal) } },
    ]);
  });
});

describe("train --resume", () => {
  it("continues the latest run", async () => {
    const trainer = fakeTrainer();
    const { exitCode, stdout } = await runInProcess(["train", "--resume", "--epochs", "9"], { trainer });
    expect(exitCode).toBe(0);
    expect(trainer.calls).toMatchObject([
      { method: "resume", options: { run: "runs/latest-one", epochs: 9 } },
    ]);
    expect(stdout).toContain("runs/latest-one (resumed)");
  });
  it("goes on with the run that is named", async () => {
    const trainer = fakeTrainer();
    await runInProcess(["train", "--resume", "runs/b"], { trainer });
    expect(trainer.calls).toMatchObject([{ method: "resume", options: { run: "runs/b" } }]);
  });
  it("takes the folder that the run's photos are in now", async () => {
    const trainer = fakeTrainer();
    await runInProcess(["train", "--resume", "--data", "moved"], { trainer });
    expect(trainer.calls).toMatchObject([{ method: "resume", options: { data: "moved" } }]);
  });
  it.each([
    "--network=alexnet",
    "--network=petals.onnx",
    "--per-class=20",
    "--recipe=modern",
    "--seed=1",
    "--out=x",
    "--init-from=x",
    "--time-budget=1m",
  ])("refuses %s beside it", async (option) => {
    const trainer = fakeTrainer();
    const { exitCode, stderr } = await runInProcess(["train", "--resume", option], { trainer });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`'${option.split("=")[0]}' cannot be given with '--resume'`);
    expect(trainer.calls).toEqual([]);
  });
});

describe("a signal during training", () => {
  const stopAtStep = (signals: FakeSignals, signal: StopSignal, times = 1) =>
    fakeTrainer({
      epochs: 3,
      onEvent: (event) => {
        if (event.type === "step" && event.epoch === 2 && event.step === 1)
          for (let sent = 0; sent < times; sent++) signals.send(signal);
      },
    });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGBREAK", 149],
  ] as const)("%s lets the run save, says how to go on, and exits with %i", async (signal, code) => {
    const signals = new FakeSignals();
    const trainer = stopAtStep(signals, signal);
    const argv = ["train", "--data", "photos", "--out", "runs/x"];
    const { exitCode, stdout, listeners } = await runInProcess(argv, { trainer, signals });
    expect(exitCode).toBe(code);
    expect(stdout).toContain("finishing the step and saving…");
    expect(stdout).toContain("pnpm train --resume runs/x");
    expect(stdout.match(/epoch.*loss/g)).toHaveLength(1);
    expect(listeners).toEqual([]);
  });

  it("twice within a second is one keypress that two package managers handed on", async () => {
    const signals = new FakeSignals();
    const trainer = stopAtStep(signals, "SIGINT", 2);
    const { exitCode } = await runInProcess(["train", "--data", "p"], { trainer, signals, now: () => 5000 });
    expect({ exitCode, exits: signals.exits }).toEqual({ exitCode: 130, exits: [] });
  });

  it("once more after a second quits at once", async () => {
    const signals = new FakeSignals();
    let time = 0;
    const now = () => (time += 2000);
    await runInProcess(["train", "--data", "p"], {
      trainer: stopAtStep(signals, "SIGTERM", 2),
      signals,
      now,
    });
    expect(signals.exits).toEqual([143]);
  });

  it("before the first step leaves nothing to resume", async () => {
    const signals = new FakeSignals();
    const trainer = fakeTrainer({ onEvent: () => signals.send("SIGINT") });
    const { exitCode, stdout, stderr } = await runInProcess(["train", "--data", "p"], { trainer, signals });
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: "" });
    expect(stdout).toContain("nothing to resume");
  });

  it("leaves standard output to the events with --json", async () => {
    const signals = new FakeSignals();
    const trainer = stopAtStep(signals, "SIGINT");
    const argv = ["train", "--data", "p", "--out", "runs/x", "--json"];
    const { stdout, stderr } = await runInProcess(argv, { trainer, signals });
    expect(jsonLines(stdout).at(-1)).toMatchObject({ type: "end", reason: "stopped" });
    expect(stderr).toContain("pnpm train --resume runs/x");
  });
});
