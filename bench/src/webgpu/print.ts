import { megabytes, percent } from "@fleuron/model";
import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import { warmUp } from "../step/in-turns.js";
import type { KernelTimes } from "../step/kernel-times.js";
import { smallPlan } from "../step/small-step.js";
import type { Summary } from "../step/summarise.js";
import type { PlaceName } from "./places.js";

export type PlaceResult = { readonly place: PlaceName } & (
  | {
      readonly status: "measured";
      readonly adapter: string;
      /** Before the first contender started: what others did here. */
      readonly loadAverage: number;
      readonly contenders: readonly Summary[];
    }
  | { readonly status: "not measured" | "refused" | "failed"; readonly reason: string }
);

export interface PrintOptions {
  readonly steps: number;
  readonly json: boolean;
}

const headings = [
  "where",
  "contender",
  "dispatches",
  "median",
  "minimum",
  "ours ÷ its",
  "first step",
  "buffers",
];

/** A table, or one object with the machine that it was measured on. */
export function printWebgpu(results: readonly PlaceResult[], { steps, json }: PrintOptions): void {
  const machine = describeMachine();
  if (json) {
    const settings = { ...smallPlan, steps, warmUp };
    process.stdout.write(`${JSON.stringify({ machine, settings, places: results })}\n`);
    return;
  }
  const rows = results.flatMap((result): readonly (readonly string[])[] =>
    result.status === "measured"
      ? result.contenders.map((summary, index) => [index === 0 ? result.place : "", ...cells(summary)])
      : [[result.place, "", `${result.status}: ${result.reason}`]],
  );
  const notes = results.flatMap((result) =>
    result.status === "measured"
      ? [
          `${result.place}: ${result.adapter}; load average before: ${result.loadAverage.toFixed(1)}.`,
          ...result.contenders.flatMap(({ name, kernels }) => (kernels ? [shares(name, kernels)] : [])),
        ]
      : [],
  );
  const { input, name } = smallPlan.network;
  process.stdout.write(
    `${alignColumns([headings, ...rows], (column) => column >= 2).join("\n")}\n\n` +
      `A training step of ${smallPlan.batchSize} photos of ${input.width}×${input.height}, ${name} of a tenth of its width, ` +
      `SGD with Nesterov momentum; ${steps} steps each in turns after ${warmUp} to warm up, in which all losses agree.\n` +
      `${[...notes, `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}.`].join("\n")}\n`,
  );
}

/** "Fleuron: conv2d 31%, …", of what takes a fiftieth or more. */
function shares(name: string, kernels: KernelTimes): string {
  const total = Object.values(kernels).reduce((sum, ms) => sum + ms, 0);
  const listed = Object.entries(kernels).filter(([, ms]) => ms >= total / 50);
  return `  ${name}: ${listed.map(([kernel, ms]) => `${kernel} ${percent(ms / total)}`).join(", ")}.`;
}

const cells = ({
  name,
  dispatchesPerStep,
  msPerStep,
  ratio,
  secondsToFirstStep,
  bufferBytes,
}: Summary): readonly string[] => [
  name,
  String(dispatchesPerStep),
  `${msPerStep.median.toFixed(2)} ms`,
  `${msPerStep.minimum.toFixed(2)} ms`,
  ratio.toFixed(2),
  `${secondsToFirstStep.toFixed(1)} s`,
  megabytes(bufferBytes),
];
