// What a run that is under way tells of itself in figures.
import { count, type EpochMetrics, megabytes, percent } from "@fleuron/model";
import type { RunStartEvent } from "@fleuron/trainer-web";
import type { Fact } from "../views/facts.js";
import { providerNames } from "../words.js";

/** @param last the last epoch that is complete. */
export function factsOn(
  run: RunStartEvent,
  last: Pick<EpochMetrics, "valAccuracy" | "valLoss"> | undefined,
  photosPerSecond: number | undefined,
): readonly Fact[] {
  const ofLast = (format: (epoch: NonNullable<typeof last>) => string) =>
    last === undefined ? "after the first epoch" : format(last);
  return [
    [
      "accuracy",
      ofLast(({ valAccuracy }) => `${percent(valAccuracy)} of ${count(run.valCount)} validation photos`),
    ],
    ["loss", ofLast(({ valLoss }) => `${valLoss.toFixed(3)} on them`)],
    ["speed", photosPerSecond === undefined ? "–" : `${rateOf(photosPerSecond)} photos a second`],
    ["runs on", `${providerNames[run.engine.engine as "webgpu" | "wasm"]}${threadsOf(run.engine)}`],
    ["network", `${count(run.parameters)} parameters, ${megabytes(run.leastBytes)} in memory at least`],
  ];
}

const rateOf = (photos: number): string => photos.toFixed(photos < 10 ? 1 : 0);

const threadsOf = ({ engine, threads }: RunStartEvent["engine"]) =>
  engine === "wasm" ? `, ${threads === 1 ? "one thread" : `${threads} threads`}` : "";
