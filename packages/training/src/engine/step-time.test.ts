import { afterEach, expect, it, vi } from "vitest";
import { planWith } from "../fixtures/reference-step.js";
import type { TrainingEngine } from "./engine.js";
import { stepTime } from "./step-time.js";

afterEach(() => vi.restoreAllMocks());

it("is the median of three steps, after two that are slower", async () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const times = [900, 300, 12, 10, 50];
  const step = vi.fn(async () => {
    now += times.shift()!;
    return { loss: 1, correctCount: 0 };
  });
  const engine = { step, write: vi.fn() } as Partial<TrainingEngine> as TrainingEngine;
  expect(await stepTime(engine, planWith({}))).toBe(12);
  expect(engine.write).toHaveBeenCalledOnce();
  expect(times).toEqual([]);
});
