import type { RunStartEvent } from "@fleuron/trainer-web";
import { expect, it } from "vitest";
import { factsOn } from "./course-facts.js";

const run = {
  valCount: 1024,
  parameters: 1_234_567,
  leastBytes: 20_000_000,
  engine: { engine: "wasm", threads: 1 },
} as Partial<RunStartEvent> as RunStartEvent;

it("says before the first epoch when there will be figures, in whole sentences", () => {
  expect(factsOn(run, undefined, undefined)).toEqual([
    ["accuracy", "after the first epoch"],
    ["loss", "after the first epoch"],
    ["speed", "–"],
    ["runs on", "WebAssembly, one thread"],
    ["network", "1,234,567 parameters, 20.0 MB in memory at least"],
  ]);
});

it("says what figures are of", () => {
  const facts = Object.fromEntries(factsOn(run, { valAccuracy: 0.5, valLoss: 1.23456 }, 99.6));
  expect(facts).toMatchObject({
    accuracy: "50.0% of 1,024 validation photos",
    loss: "1.235 on them",
    speed: "100 photos a second",
  });
});

it("has a speed even of a network that takes seconds for a photo", () => {
  expect(factsOn(run, undefined, 0.34)[2]).toEqual(["speed", "0.3 photos a second"]);
});
