import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { UNHURRIED } from "../messages.js";
import { watchSteps } from "./step-watch.js";

const STEP = { doing: "the model ran", patience: 1 };
const onStandstill = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  onStandstill.mockClear();
});
afterEach(() => vi.useRealTimers());

it("tells once of a step that takes too long, the start of the script included", () => {
  watchSteps(1000, onStandstill);
  vi.advanceTimersByTime(900);
  expect(onStandstill).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(onStandstill).toHaveBeenCalledExactlyOnceWith({ doing: "its script started", patience: 1 });
});

it("gives every step its own time, and some more than others", () => {
  const watch = watchSteps(1000, onStandstill);
  for (const patience of [1, 1, 10]) {
    vi.advanceTimersByTime(900);
    watch.begin({ ...STEP, patience });
  }
  vi.advanceTimersByTime(9900);
  expect(onStandstill).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(onStandstill).toHaveBeenCalledExactlyOnceWith({ ...STEP, patience: 10 });
});

it("waits for what has limits of its own", () => {
  const watch = watchSteps(1000, onStandstill);
  watch.begin(UNHURRIED);
  vi.advanceTimersByTime(1e6);
  expect(onStandstill).not.toHaveBeenCalled();
  watch.begin(STEP);
  vi.advanceTimersByTime(1000);
  expect(onStandstill).toHaveBeenCalledOnce();
});

it("takes the time in which nothing runs here, as while a laptop sleeps, for a moment", () => {
  watchSteps(1000, onStandstill);
  // Timers that were due in that time fire once after it.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(100);
  expect(onStandstill).not.toHaveBeenCalled();
});

it("tells nothing after its end", () => {
  watchSteps(1000, onStandstill).end();
  vi.advanceTimersByTime(1e6);
  expect(onStandstill).not.toHaveBeenCalled();
});
