// A comparison of whole runs as a table.
import { machineNote, versionsNote } from "../compare/notes.js";
import type { NotedTable } from "../compare/table.js";
import type { ComparedRun, RunComparison } from "./summarise.js";

const headings = ["who", "start to end of epoch 1", "speed", "later epoch", "speed", "images/s"];

export const tableOf = (comparison: RunComparison): NotedTable => ({
  headings,
  rows: comparison.contenders.map((contender) => cells(contender, comparison.settings)),
  isNumeric: (column) => column >= 1,
  notes: notes(comparison),
});

/** What was not measured has its reason in place of its numbers. */
function cells(contender: ComparedRun, { trainCount }: RunComparison["settings"]): readonly string[] {
  if (contender.status !== "measured") return [contender.name, `${contender.status}: ${contender.reason}`];
  const { name, coldMs, coldSpeed, warmMs, warmSpeed } = contender;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const speed = (value: number | null) => (value === null ? "–" : value.toFixed(2));
  const rate = ((trainCount / warmMs) * 1000).toFixed(1);
  return [name, seconds(coldMs), speed(coldSpeed), seconds(warmMs), speed(warmSpeed), rate];
}

function notes({ machine, loadAverage, settings, baseline, contenders }: RunComparison): readonly string[] {
  const measured = contenders.filter((contender) => contender.status === "measured");
  const { trainCount, valCount, drawn, batchSize, threads, epochs, rounds } = settings;
  return [
    machineNote(machine),
    versionsNote(machine, measured),
    `Photos: ${trainCount} to train on and ${valCount} to validate with after each epoch, ${drawn ? "drawn, 500×333, as JPEG" : "JPEGs of the given folder"}; 227×227, squashed, no augmentation.`,
    `Batch ${batchSize}, ${threads} threads, plain SGD, float32; ${epochs} epochs in each of ${rounds} cold processes, in turns; load average before: ${loadAverage.toFixed(1)}.`,
    ...(measured.some(({ coldSpeed }) => coldSpeed !== null)
      ? [`Speed: ${baseline} is 1; the median over the rounds of its time ÷ theirs, above 1 is faster.`]
      : []),
  ];
}
