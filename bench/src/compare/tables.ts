// A comparison of steps as a table.
import type { Optimiser } from "@fleuron/training";
import { comparedSteps } from "./compared-steps.js";
import { gigabytes, machineNote, versionsNote } from "./notes.js";
import type { ComparedContender, Comparison } from "./summarise.js";
import type { NotedTable } from "./table.js";

const headings = ["who", "compute precision", "median ms", "fastest ms", "images/s", "speed", "peak memory"];

export const tableOf = (comparison: Comparison): NotedTable => ({
  headings,
  rows: comparison.contenders.map(cells),
  isNumeric: (column) => column >= 2,
  notes: notes(comparison),
});

/** What was not measured has its reason in place of its numbers. */
function cells(contender: ComparedContender): readonly string[] {
  const { name, precision } = contender;
  if (contender.status !== "measured") return [name, precision, `${contender.status}: ${contender.reason}`];
  const { medianMs, minimumMs, imagesPerSecond, speed, peakRssBytes } = contender;
  return [
    name,
    precision,
    medianMs.toFixed(0),
    minimumMs.toFixed(0),
    imagesPerSecond.toFixed(1),
    speed === null ? "–" : speed.toFixed(2),
    gigabytes(peakRssBytes),
  ];
}

function notes({ machine, loadAverage, settings, baseline, contenders }: Comparison): readonly string[] {
  const isCompared = contenders.some(
    (contender) => contender.status === "measured" && contender.speed !== null,
  );
  return [
    machineNote(machine),
    versionsNote(
      machine,
      contenders.filter((contender) => contender.status === "measured"),
    ),
    `After the gradients: ${described(comparedSteps[settings.step])}.`,
    `Batch ${settings.batchSize}, ${settings.threads} threads, ${settings.steps} steps each in turns after ${settings.warmUp} to warm up; load average before: ${loadAverage.toFixed(1)}.`,
    ...(isCompared
      ? [`Speed: ${baseline} is 1; the median over the rounds of its time ÷ theirs, above 1 is faster.`]
      : []),
  ];
}

const described = (optimiser: Optimiser): string => {
  const { type, weightDecay, clipNorm } = optimiser;
  return [
    type === "sgd" ? `SGD with ${optimiser.nesterov ? "Nesterov " : ""}momentum ${optimiser.momentum}` : type,
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(clipNorm === null ? [] : [`gradients clipped to a norm of ${clipNorm}`]),
  ].join(", ");
};
