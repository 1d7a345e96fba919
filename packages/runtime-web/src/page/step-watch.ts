import type { Step } from "../messages.js";

/** What is counted: a page that sleeps for an hour, or computes for one, has waited one slice longer. */
const SLICES = 10;

export interface StepWatch {
  /** Gives the step that begins now its time. */
  begin(step: Step): void;
  end(): void;
}

/** Calls `onStandstill`, once, when a step takes longer than its patience. The first is that a worker starts. */
export function watchSteps(stepTimeout: number, onStandstill: (step: Step) => void): StepWatch {
  let current: Step = { doing: "its script started", patience: 1 };
  let slices = 0;
  const timer = setInterval(() => {
    if (!current.patience || ++slices < SLICES * current.patience) return;
    clearInterval(timer);
    onStandstill(current);
  }, stepTimeout / SLICES);
  return {
    begin(step) {
      current = step;
      slices = 0;
    },
    end: () => clearInterval(timer),
  };
}
