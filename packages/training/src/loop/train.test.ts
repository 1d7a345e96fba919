import type { EpochMetrics } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Batch, TrainingEngine } from "../engine/engine.js";
import type { LoopEvent } from "../events.js";
import type { Schedule } from "../schedules/index.js";
import type { TrainingProgress } from "./checkpoint.js";
import { type LoopOptions, type LoopResult, trainLoop } from "./train.js";

const cosine: Schedule = { type: "warmupCosine", learningRate: 1, warmupEpochs: 0.5 };
const constant: Schedule = { type: "inverseTime", learningRate: 1, decay: 0 };
const plateau: Schedule = { type: "plateau", learningRate: 1, factor: 0.1, patience: 2, minimum: 0.01 };

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

interface Lab extends Pick<LoopOptions, "data"> {
  readonly engine: TrainingEngine;
  /** The learning rate of each step, over the whole life of the lab. */
  readonly rates: number[];
  readonly saved: TrainingProgress[];
  readonly metrics: EpochMetrics[];
  /** Epochs whose weights were saved as the best, in order. */
  readonly best: number[];
  run(options?: Partial<LoopOptions>): Promise<{ events: LoopEvent[]; result: LoopResult }>;
}

/** The logit of a wrong answer at which the mean loss is `loss`, where the right ones have 1. */
function wrongBy(loss: number, accuracy: number): number {
  const each = (loss - accuracy * Math.log1p(Math.exp(-1))) / (1 - accuracy);
  return Math.log(Math.expm1(each));
}

/** A network whose steps and validations take time, and whose validation accuracies are given. */
function lab(
  given: {
    readonly stepsPerEpoch?: number;
    /** The seconds of a step, by how many steps there were before. */
    readonly seconds?: (iteration: number) => number;
    readonly validationSeconds?: number;
    /** Share of right answers after each epoch; the last one stays. */
    readonly accuracies?: readonly number[];
    /** Validation losses, of which the last one stays; default: what those accuracies come to, each answer as sure as the others. */
    readonly losses?: readonly number[];
    /** The loss of a step, by how many steps there were before. Default: 1. */
    readonly loss?: (iteration: number) => number;
  } = {},
): Lab {
  const {
    stepsPerEpoch = 20,
    seconds = () => 1,
    validationSeconds = 4,
    accuracies = [0.5],
    losses,
    loss = () => 1,
  } = given;
  const rates: number[] = [];
  const saved: TrainingProgress[] = [];
  const batch: Batch = {
    size: 8,
    images: new Float32Array(8),
    targets: new Float32Array(16),
    sampleWeights: new Float32Array(8),
    normalizer: 8,
    dropoutMasks: {},
  };
  const metrics: EpochMetrics[] = [];
  const best: number[] = [];
  const engine: TrainingEngine = {
    description: { engine: "fake", precision: "float32", threads: 1, versions: {} },
    async step(_, { learningRate }) {
      vi.advanceTimersByTime(seconds(rates.length) * 1000);
      rates.push(learningRate);
      return { loss: loss(rates.length - 1), correctCount: 4 };
    },
    async predict({ size }) {
      vi.advanceTimersByTime(validationSeconds * 1000);
      const share = accuracies[metrics.length] ?? accuracies.at(-1) ?? 0;
      const right = Math.round(share * size);
      const sure = losses === undefined ? 1 : wrongBy(losses[metrics.length] ?? losses.at(-1) ?? 0, share);
      const logits = Array.from({ length: size }, (_, photo) => (photo < right ? [1, 0] : [0, sure]));
      return { data: Float32Array.from(logits.flat()), classes: 2 };
    },
    async *read() {},
    async write() {},
    async [Symbol.asyncDispose]() {},
  };
  const data: LoopOptions["data"] = {
    stepsPerEpoch,
    valCount: 100,
    async *training(_, firstStep) {
      for (let step = firstStep; step < stepsPerEpoch; step++) yield batch;
    },
    async *validation() {
      yield { size: 100, images: new Float32Array(100), labels: new Uint8Array(100) };
    },
  };
  return {
    engine,
    data,
    rates,
    saved,
    metrics,
    best,
    async run(options = {}) {
      const work = trainLoop({
        engine,
        data,
        store: {
          saveLast: async (progress) => void saved.push(structuredClone(await progress)),
          saveBest: async (progress) => {
            const reached = await progress;
            if (reached) best.push(reached.epoch);
          },
          appendMetrics: async (epoch) => void metrics.push(epoch),
        },
        schedule: cosine,
        epochs: 50,
        classes: 2,
        checkpointDue: () => false,
        ...(options.progress && { validations: metrics.slice(0, options.progress.epoch) }),
        ...options,
      });
      const events: LoopEvent[] = [];
      for (;;) {
        const { done, value } = await work.next();
        if (done) return { events, result: value };
        events.push(value);
      }
    },
  };
}

const elapsed = () => performance.now() / 1000;

describe("a time budget", () => {
  const budget = { seconds: 125, spent: 10 };

  it("is filled and kept, validations and what was spent before included", async () => {
    const { rates, run } = lab();
    const began = elapsed();
    const { result } = await run({ timeBudget: budget });
    // 110 s are left beside 5 for drawing: four epochs of 24 s, and then no room for the report and ten steps more.
    expect(result).toMatchObject({ reason: "completed", epochs: 4 });
    expect(rates).toHaveLength(80);
    expect(elapsed() - began).toBeLessThanOrEqual(115);
  });

  it("anneals to the end of the fitted run", async () => {
    const { rates, run } = lab();
    await run({ timeBudget: budget });
    expect(Math.max(...rates)).toBeGreaterThan(0.95);
    expect(rates.at(-1)).toBeLessThan(0.002);
    expect(rates.at(-1)).toBeGreaterThan(0);
  });

  it("changes nothing when the recipe's epochs fit", async () => {
    const [free, timed] = [lab(), lab()];
    await free.run({ epochs: 3 });
    const { result } = await timed.run({ epochs: 3, timeBudget: { seconds: 1000, spent: 0 } });
    expect(result).toMatchObject({ reason: "completed", epochs: 3 });
    expect(timed.rates).toEqual(free.rates);
  });

  it("is kept, and the rate annealed, on a machine that slows down after the first epoch", async () => {
    const { rates, run } = lab({ seconds: (iteration) => (iteration < 20 ? 1 : 1.5) });
    const began = elapsed();
    await run({ timeBudget: budget });
    expect(elapsed() - began).toBeLessThanOrEqual(115);
    expect(rates.length).toBeGreaterThan(55);
    expect(rates.at(-1)).toBeLessThan(0.01);
  });

  it("is used by a machine that becomes faster, up to the end of the plan", async () => {
    const { rates, run } = lab({ seconds: (iteration) => (iteration < 20 ? 1 : 0.5) });
    await run({ timeBudget: budget });
    expect(rates.length).toBeGreaterThan(100);
    expect(rates.at(-1)).toBeLessThan(0.01);
  });

  it("shorter than an epoch cuts it short, anneals all the same, and is reported", async () => {
    const { rates, run } = lab({ stepsPerEpoch: 100 });
    const began = elapsed();
    const { events, result } = await run({ timeBudget: { seconds: 65, spent: 0 } });
    expect(result).toMatchObject({ reason: "completed", epochs: 1 });
    // A validation of 100 photos is taken as a third of 12.5 steps until it is known, twice with the report; 5 s to draw it.
    expect(rates).toHaveLength(51);
    expect(elapsed() - began).toBeLessThanOrEqual(65);
    expect(rates.at(-1)).toBeLessThan(0.01);
    expect(events.filter(({ type }) => type === "warning")).toEqual([
      {
        type: "warning",
        code: "time-budget-short",
        message: "The time budget of 65 s is shorter than an epoch: the run takes about 51 of its 100 steps.",
      },
    ]);
    expect(events.findLast(({ type }) => type === "step")).toMatchObject({ step: 51, stepsPerEpoch: 51 });
    expect(events.some(({ type }) => type === "epoch")).toBe(true);
  });

  it.each([
    ["slows down", [0.5, 1], 270],
    ["becomes faster", [1, 0.5], 500],
    ["waits in bursts", [0.2, 0.2, 0.2, 1.4], 500],
    ["is faster than its first steps, in more than an epoch", [2, 0.5], 500],
  ])(
    "shorter than an epoch, or hardly longer, is kept and filled by a machine that %s",
    async (_, seconds, fewest) => {
      for (const stepsPerEpoch of [500, 2000]) {
        const secondsOf = (iteration: number) =>
          seconds.length === 2 ? seconds[iteration < 20 ? 0 : 1]! : seconds[iteration % seconds.length]!;
        const { rates, run } = lab({ stepsPerEpoch, seconds: secondsOf });
        const began = elapsed();
        await run({ timeBudget: { seconds: 300, spent: 0 } });
        expect(elapsed() - began).toBeLessThanOrEqual(300);
        expect(rates.length).toBeGreaterThan(fewest);
        expect(rates.at(-1)).toBeLessThan(0.01);
        // What is fitted first begins the schedule; from there on it rises no faster than a warm-up, and falls once it fell.
        const [warmup, rest] = [rates.slice(6, 40), rates.slice(rates.indexOf(Math.max(...rates)))];
        for (const [index, rate] of warmup.slice(1).entries())
          expect(rate / warmup[index]!).toBeLessThan(1 + 1.001 / (index + 7));
        for (const [index, rate] of rest.slice(1).entries()) expect(rate).toBeLessThanOrEqual(rest[index]!);
      }
    },
  );

  it("is filled after a pause, too, which looks as if all steps were slow", async () => {
    const ratesWith = async (pause: number) => {
      const { rates, run } = lab({
        stepsPerEpoch: 2000,
        seconds: (iteration) => (iteration === 330 ? pause : 0.5),
      });
      await run({ timeBudget: { seconds: 300, spent: 0 } });
      return rates;
    };
    const [even, paused] = [await ratesWith(0.5), await ratesWith(15)];
    // The time of the pause is that of 29 steps.
    expect(even.length - paused.length).toBeGreaterThanOrEqual(28);
    expect(even.length - paused.length).toBeLessThanOrEqual(30);
    expect(paused.at(-1)).toBeLessThan(0.01);
  });

  it("leaves no time for a report that is not wanted", async () => {
    const { run } = lab();
    const began = elapsed();
    await run({ timeBudget: { seconds: 125, spent: 10, skipReport: true } });
    // Four epochs of 24 s, and 15 steps and a validation in the 19 s that are left.
    expect(elapsed() - began).toBe(115);
  });

  it("is fitted in a resumed life, too, whose machine is another", async () => {
    const { rates, saved, run } = lab({
      stepsPerEpoch: 1000,
      seconds: (iteration) => (iteration < 60 ? 1 : 3),
    });
    const controller = new AbortController();
    const stopAt60 = () => {
      if (rates.length === 60) controller.abort();
      return false;
    };
    await run({
      timeBudget: { seconds: 300, spent: 10 },
      signal: controller.signal,
      checkpointDue: stopAt60,
    });
    const [progress, before] = [saved.at(-1), rates.length];
    const began = elapsed();
    await run({ timeBudget: { seconds: 300, spent: 10 }, ...(progress && { progress }) });
    const left = 300 - progress!.fitted!.seconds - 10;
    expect(elapsed() - began).toBeLessThanOrEqual(left);
    expect(elapsed() - began).toBeGreaterThan(left - 40);
    expect(rates[before]).toBeLessThanOrEqual(rates[before - 1]! * 1.02);
    expect(rates.at(-1)).toBeLessThan(0.01);
  });

  it("that is used up before the first step still takes ten steps and validates", async () => {
    const { rates, run } = lab({ stepsPerEpoch: 100 });
    const { events } = await run({ timeBudget: { seconds: 5, spent: 30 } });
    expect(rates).toHaveLength(10);
    expect(events.some(({ type }) => type === "epoch")).toBe(true);
  });

  it("goes on with the fitted length and the time that is left after a stop in mid-epoch", async () => {
    const whole = lab();
    await whole.run({ timeBudget: budget });

    const { rates, saved, run } = lab();
    const controller = new AbortController();
    const first = run({ timeBudget: budget, signal: controller.signal, checkpointDue: () => stopAt(30) });
    const stopAt = (steps: number) => {
      if (rates.length === steps) controller.abort();
      return false;
    };
    const { result } = await first;
    expect(result.reason).toBe("stopped");
    const progress = saved.at(-1);
    expect(progress?.fitted).toMatchObject({ epochs: 4, lastSteps: 20 });
    expect(progress?.fitted?.seconds).toBeCloseTo(10 + 31 + 4, 6);

    vi.advanceTimersByTime(3_600_000);
    const { result: end } = await run({
      timeBudget: { seconds: 125, spent: 0 },
      ...(progress && { progress }),
    });
    expect(end).toMatchObject({ reason: "completed", epochs: 4 });
    expect(rates).toEqual(whole.rates);
  });

  it("has nothing left to do in a run that has ended", async () => {
    const { saved, run } = lab();
    await run({ timeBudget: budget });
    const progress = saved.at(-1);
    const { events, result } = await run({ timeBudget: budget, ...(progress && { progress }) });
    expect(events).toEqual([]);
    expect(result.reason).toBe("completed");
  });
});

describe("the speed", () => {
  it("counts photos, of all ranks, whatever they weigh", async () => {
    const speeds = (events: readonly LoopEvent[]) =>
      events.flatMap((event) => ("imagesPerSecond" in event ? [event.imagesPerSecond] : []));
    for (const [place, photos] of [
      [undefined, 8],
      [{ begin: 0, end: 8, of: 24 }, 24],
    ] as const) {
      const { data, run } = lab({ stepsPerEpoch: 2 });
      const weighted: LoopOptions["data"] = {
        ...data,
        async *training(epoch, firstStep) {
          for await (const batch of data.training(epoch, firstStep))
            yield { ...batch, normalizer: 13.5, ...(place && { place }) };
        },
      };
      const { events } = await run({ data: weighted, epochs: 1 });
      expect(speeds(events)).toEqual([photos, photos, photos]);
    }
  });
});

describe("patience", () => {
  const accuracies = [0.3, 0.5, 0.4, 0.4, 0.4, 0.9];

  it("ends the run when the smoothed loss has had no new low for that many epochs", async () => {
    const { run } = lab({ accuracies, stepsPerEpoch: 2 });
    const { result } = await run({ patience: 3 });
    expect(result.reason).toBe("stopped early");
    expect(result.progress).toMatchObject({ epoch: 5, best: { epoch: 2, valAccuracy: 0.5 } });
  });

  it("waits for what improves in time", async () => {
    const { run } = lab({ accuracies, stepsPerEpoch: 2 });
    const { result } = await run({ patience: 4, epochs: 6, schedule: constant });
    expect(result).toMatchObject({ reason: "completed", progress: { best: { epoch: 6 } } });
  });

  it("is remembered over a stop, and does not begin again after its end", async () => {
    const { saved, run } = lab({ accuracies, stepsPerEpoch: 2 });
    await run({ patience: 3, epochs: 4, schedule: constant });
    const progress = saved.at(-1);
    const more = await run({ patience: 3, ...(progress && { progress }) });
    expect(more.result).toMatchObject({ reason: "stopped early", progress: { epoch: 5 } });
    const after = saved.at(-1);
    const nothing = await run({ patience: 3, ...(after && { progress: after }) });
    expect(nothing).toMatchObject({ events: [], result: { reason: "stopped early" } });
  });
});

describe("the best epoch", () => {
  /** The third has the highest accuracy, the fifth the lowest loss, both by chance. */
  const noise = {
    accuracies: [0.5, 0.6, 0.85, 0.7, 0.72, 0.74, 0.74, 0.75],
    losses: [1.6, 1.3, 1.2, 1.1, 0.7, 1.0, 0.9, 0.85],
    stepsPerEpoch: 2,
  };
  const whyEnd = "the end of its schedule";
  const whyLoss = "lowest smoothed validation loss";

  it("is the last of a run that was annealed to its end, whatever chance has said before", async () => {
    const { run, best } = lab(noise);
    const { result, events } = await run({ epochs: 8 });
    expect(result.progress.best).toMatchObject({ epoch: 8, valAccuracy: 0.75, why: whyEnd });
    expect(best.at(-1)).toBe(8);
    expect(events.findLast(({ type }) => type === "epoch")).toMatchObject({
      best: { epoch: 8, why: whyEnd },
    });
  });

  it("is the last of a run that a time budget has cut short, too", async () => {
    const { run } = lab({ accuracies: [0.5, 0.9, 0.6, 0.6] });
    const { result } = await run({ timeBudget: { seconds: 125, spent: 10 } });
    expect(result).toMatchObject({ epochs: 4, progress: { best: { epoch: 4, why: whyEnd } } });
  });

  it("has the lowest smoothed loss where the rate does not come to rest", async () => {
    const { run, best } = lab({ ...noise, losses: [1.6, 1.3, 1.2, 1.1, 0.7, 1.0, 1.05, 1.1] });
    const { result } = await run({ epochs: 8, schedule: constant });
    // 0.925 of the fifth, which is low by chance, against 0.95 of the sixth.
    expect(result.progress.best).toMatchObject({ epoch: 5, why: whyLoss });
    expect(best).toEqual([1, 2, 3, 4, 5]);
    const steady = lab({ ...noise, losses: [1.6, 1.3, 1.2, 1.1, 0.8, 0.95, 0.85, 0.9] });
    const { result: other } = await steady.run({ epochs: 8, schedule: constant });
    // The fifth has the lowest loss of all, the seventh the lowest with those around it.
    expect(other.progress.best).toMatchObject({ epoch: 7, valLoss: expect.closeTo(0.85, 6), why: whyLoss });
  });

  it("has the lowest smoothed loss in a run that was interrupted, until that comes to its end", async () => {
    const { run, saved } = lab({ ...noise, losses: [1.6, 1.3, 1.2, 1.1, 0.8, 0.95, 0.85, 0.9] });
    const controller = new AbortController();
    const stopping = run({ epochs: 10, signal: controller.signal, checkpointDue: () => stopIn(8) });
    const stopIn = (epoch: number) => {
      if (saved.length === epoch - 1) controller.abort();
      return false;
    };
    const { result } = await stopping;
    expect(result).toMatchObject({ reason: "stopped", progress: { best: { epoch: 7, why: whyLoss } } });
    const { result: whole } = await run({ epochs: 10, progress: result.progress });
    expect(whole).toMatchObject({ reason: "completed", progress: { best: { epoch: 10, why: whyEnd } } });
  });

  it("is the same after a stop at any epoch as in a run that was never stopped", async () => {
    const losses = [1.6, 1.3, 1.2, 1.1, 0.8, 0.95, 0.85, 0.9];
    const whole = lab({ ...noise, losses });
    await whole.run({ epochs: 8, schedule: constant });
    const last = whole.saved.at(-1)?.best;
    for (const progress of whole.saved.slice(0, -1)) {
      const { epoch } = progress;
      const rest = lab({
        accuracies: noise.accuracies.slice(epoch),
        losses: losses.slice(epoch),
        stepsPerEpoch: 2,
      });
      const validations = whole.metrics.slice(0, epoch);
      await rest.run({ epochs: 8, schedule: constant, progress, validations });
      expect(rest.saved.at(-1)?.best).toEqual(last);
      expect(rest.best).toEqual(whole.best.filter((each) => each > epoch));
    }
  });

  it("stays the end of the first schedule in a run that is lengthened, until something is better", async () => {
    const { run, saved } = lab({ ...noise, losses: [1.6, 1.3, 1.2, 1.1, 1.2, 1.15, 0.9, 0.8] });
    await run({ epochs: 4 });
    const first = saved.at(-1);
    const controller = new AbortController();
    const work = run({
      epochs: 9,
      ...(first && { progress: first }),
      signal: controller.signal,
      checkpointDue: () => {
        if (saved.length === 5) controller.abort();
        return false;
      },
    });
    expect((await work).result.progress.best).toMatchObject({ epoch: 4, why: whyEnd });
    const sixth = saved.at(-1);
    const { result } = await run({ epochs: 9, ...(sixth && { progress: sixth }) });
    expect(saved[6]?.best).toMatchObject({ epoch: 7, why: whyLoss });
    expect(result.progress.best).toMatchObject({ epoch: 9, why: whyEnd });
  });

  it("of an older run, by another measure, is compared by its loss from then on", async () => {
    const { run, saved } = lab({ ...noise, losses: [1.6, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7] });
    await run({ epochs: 4, schedule: constant });
    const progress = saved.at(-1);
    const old = { epoch: 3, valLoss: 1.2, valAccuracy: 0.85 };
    const { result } = await run({
      epochs: 8,
      schedule: constant,
      ...(progress && { progress: { ...progress, best: old } }),
    });
    expect(saved[4]?.best).toMatchObject({ epoch: 5, why: whyLoss });
    expect(result.progress.best).toMatchObject({ epoch: 8 });
  });
});

describe("a plateau schedule", () => {
  const accuracies = [0.3, 0.5, 0.4, 0.4, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
  const options = { schedule: plateau, epochs: 11 };

  it("divides the rate after epochs without improvement, waits anew, and stops at the minimum", async () => {
    const { rates, run } = lab({ accuracies, stepsPerEpoch: 1 });
    await run(options);
    const wanted = [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01];
    expect(rates).toEqual(wanted.map((rate) => expect.closeTo(rate, 12)));
  });

  it("goes on where it was after a stop, at every epoch", async () => {
    const whole = lab({ accuracies, stepsPerEpoch: 2 });
    await whole.run(options);
    for (const progress of whole.saved) {
      const rest = lab({ accuracies: accuracies.slice(progress.epoch), stepsPerEpoch: 2 });
      await rest.run({ ...options, progress, validations: whole.metrics.slice(0, progress.epoch) });
      expect(rest.rates).toEqual(whole.rates.slice(progress.iterations));
    }
  });
});

describe("the checkpoints of an epoch", () => {
  const state = { name: "weights/a", shape: [1], data: new Float32Array(1) };

  /** What happens, in its order, of two epochs of two steps; the store's `keep` decides when a checkpoint is kept. */
  async function told(keep: (what: string) => Promise<void>, stopAt?: string) {
    const order: string[] = [];
    const store = (kind: string) => async (progress: unknown, tensors: AsyncIterable<unknown>) => {
      order.push(`begin ${kind}`);
      for await (const _ of tensors);
      order.push(`taken ${kind}`);
      const reached = (await progress) as TrainingProgress | undefined;
      if (reached === undefined) {
        order.push(`dropped ${kind}`);
        return;
      }
      await keep(`${kind} ${reached.epoch}`);
      order.push(`kept ${kind} ${reached.epoch}`);
    };
    const { engine, data } = lab({ stepsPerEpoch: 2, losses: [0.6, 0.7] });
    const work = trainLoop({
      ...{ data, schedule: constant, epochs: 2, classes: 2, checkpointDue: () => false },
      engine: {
        ...engine,
        async step(...given) {
          order.push("step");
          return engine.step(...given);
        },
        async predict(...given) {
          order.push("predict");
          return engine.predict(...given);
        },
        async *read() {
          yield state;
        },
      },
      store: {
        saveLast: store("last"),
        saveBest: store("best"),
        appendMetrics: async () => undefined,
      },
    });
    const events: string[] = [];
    try {
      for await (const event of work) {
        events.push(event.type === "checkpoint" ? `${event.kind} ${event.epoch} ${event.step}` : event.type);
        if (event.type === stopAt) break;
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      return { order, events, error };
    }
    return { order, events };
  }

  it("are taken beside the validation, and kept beside the steps that follow", async () => {
    const waiting: (() => void)[] = [];
    const keep = () => new Promise<void>((resolve) => void waiting.push(resolve));
    const running = told(keep);
    const order = ["step", "step", "begin last", "begin best", "predict"];
    await vi.waitFor(() => expect(waiting.length).toBe(1));
    const release = setInterval(() => waiting.shift()?.(), 5);
    const { order: all, events } = await running;
    clearInterval(release);
    expect(all.filter((what) => !what.startsWith("taken")).slice(0, 7)).toEqual([...order, "step", "step"]);
    expect(all.slice(all.lastIndexOf("step") + 1).filter((what) => what.startsWith("kept"))).toEqual([
      "kept best 1",
      "kept last 1",
      "kept last 2",
    ]);
    expect(all.lastIndexOf("begin last")).toBeGreaterThan(all.indexOf("kept last 1"));
    expect(all).toContain("dropped best");
    expect(events.filter((event) => /\d/.test(event))).toEqual(["best 1 2", "last 2 0", "last 3 0"]);
  });

  it("end a run that cannot keep them", async () => {
    const full = new Error("The disk is full.");
    const { error, order } = await told((what) =>
      what === "best 1" ? Promise.reject(full) : Promise.resolve(),
    );
    expect(error).toBe(full);
    expect(order).not.toContain("kept last 1");
  });

  it("are dropped where a run is left while it validates", async () => {
    const { order } = await told(() => Promise.resolve(), "progress");
    expect(order.slice(0, 2)).toEqual(["step", "step"]);
    expect(order.filter((what) => /kept|dropped/.test(what))).toEqual([]);
  });
});

describe("a run that diverges", () => {
  const warnings = (events: readonly LoopEvent[]) =>
    events.flatMap((event) => (event.type === "warning" ? [event.message] : []));

  it("says so once, while its losses are numbers", async () => {
    const { run } = lab({ loss: (iteration) => (iteration < 20 ? 1 : 4.08e16) });
    const { events } = await run({ epochs: 3 });
    expect(warnings(events)).toEqual([
      "The loss of epoch 2 is 4.1e16, where guessing has 0.6931: the run diverges. Start a new one with a smaller `learningRate`.",
    ]);
  });

  it("is not one whose first losses are high", async () => {
    const { run } = lab({ loss: (iteration) => 10 / (iteration + 1) });
    expect(warnings((await run({ epochs: 2 })).events)).toEqual([]);
  });

  it("ends with what is no number, and says what is saved of it", async () => {
    const after = (iterations: number, options: Partial<LoopOptions> = {}) =>
      lab({ loss: (iteration) => (iteration < iterations ? 1 : Number.NaN) }).run({ epochs: 3, ...options });
    await expect(after(5)).rejects.toMatchObject({
      code: "loss-not-finite",
      message: expect.stringContaining("The loss became NaN in step 6 of epoch 1 at learning rate"),
      hint: "Nothing was saved yet. Start a new run with a smaller `learningRate`.",
    });
    await expect(after(25)).rejects.toMatchObject({
      hint: expect.stringMatching(
        /^What was saved after epoch 1 is intact, .* start a new run with a smaller/,
      ),
    });
    await expect(after(25, { checkpointDue: ({ steps }) => steps >= 3 })).rejects.toMatchObject({
      hint: expect.stringContaining("What was saved after step 3 of epoch 2 is intact"),
    });
  });
});
