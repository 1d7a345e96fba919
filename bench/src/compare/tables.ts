// A comparison as a text table and as Markdown.
import type { Optimiser } from "@fleuron/training";
import { alignColumns } from "../align-columns.js";
import { comparedSteps } from "./compared-steps.js";
import type { ComparedContender, Comparison } from "./summarise.js";

const headings = ["who", "compute precision", "median ms", "fastest ms", "images/s", "speed", "peak memory"];
const numeric = (column: number) => column >= 2;

export function textTable(comparison: Comparison): string {
  const rows = [headings, ...comparison.contenders.map(cells)];
  const lines = alignColumns(rows, numeric);
  return `${[...lines, "", ...notes(comparison)].join("\n")}\n`;
}

export function markdownTable(comparison: Comparison): string {
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rows = comparison.contenders.map((contender) => {
    const row = cells(contender).map((cell) => cell.replaceAll("|", "\\|"));
    return line([...row, ...headings.slice(row.length).map(() => "")]);
  });
  const rule = headings.map((_, column) => (numeric(column) ? "---:" : "---"));
  const list = notes(comparison).map((note) => `- ${note}`);
  return `${[line(headings), line(rule), ...rows, "", ...list].join("\n")}\n`;
}

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
  const { cpu, cores, extensions, memoryBytes, node } = machine;
  const versions = new Map(
    contenders.flatMap((contender) =>
      contender.status === "measured" ? Object.entries(contender.versions) : [],
    ),
  );
  const isCompared = contenders.some(
    (contender) => contender.status === "measured" && contender.speed !== null,
  );
  return [
    `Machine: ${cpu}, ${cores} cores (${extensions?.join(", ") ?? "extensions unknown"}), ${gigabytes(memoryBytes)}.`,
    `Versions: ${[...new Map([["node", node], ...versions])].map(([name, version]) => `${name} ${version}`).join(", ")}.`,
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

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
