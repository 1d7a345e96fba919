import { count, counted, shortNumber } from "@fleuron/model";
import { enginesInWords } from "../engines.js";
import { type Html, html } from "../html.js";
import type { ReportData } from "../report-data.js";
import { subjectOf } from "../subject.js";
import { date, duration } from "../words.js";

type Line = readonly [name: string, value: string];

/** The label of the sheet: what was trained, on what, how and where. */
export function card(data: ReportData): Html {
  const { record } = data;
  return html`<section class="labelled">
<div class="label">
<h2><span class="mark">❦</span> ${data.name}</h2>
<dl>
${lines(data).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
</div>
<footer>Written by Fleuron ${record.versions.fleuron}. <code>pnpm evaluate --tta none</code> reports the same figures.</footer>
</section>`;
}

function lines({ record, metrics }: ReportData): readonly Line[] {
  const { network, plan, dataset, seeds, engine, machine, versions } = record;
  const { parameters, trainable } = network;
  const { height, width } = network.input;
  const seconds = metrics.reduce((sum, one) => sum + one.seconds, 0);
  return [
    ["recipe", recipeOf(record)],
    ["network", `${network.name}, input ${width}×${height}`],
    ["parameters", `${count(parameters)}, ${count(trainable)} of them trained`],
    ["plan", `${counted(record.epochs, "epoch")}, ${counted(plan.batchSize, "photo")} per step`],
    ["optimiser", settingsOf(plan.optimiser)],
    ["schedule", settingsOf(record.settings.schedule)],
    [`${subjectOf(record)}s`, photosOf(dataset)],
    ["classes", dataset.perClass.map(({ label, count: photos }) => `${label} ${count(photos)}`).join(", ")],
    ["content hash", dataset.contentHash.slice(0, 16)],
    ["seeds", `${seeds.seed} of the run, ${seeds.splitSeed} of the split`],
    ["engine", enginesInWords(record)],
    [
      "machine",
      `${machine.cpu}, ${counted(machine.cores, "core")}, ${gibibytes(machine.memory)}, ${machine.os}`,
    ],
    ["versions", versionsOf({ fleuron: versions.fleuron, node: versions.node, ...engine.versions })],
    ["began", date(record.created)],
    ...(record.finished === null ? [] : [["ended", `${date(record.finished)}, ${record.status}`] as const]),
    ["epochs took", duration(seconds)],
  ];
}

const recipeOf = ({ recipe, settings }: ReportData["record"]): string =>
  typeof settings.summary === "string" ? `${recipe}: ${settings.summary}` : recipe;

const photosOf = ({ trainCount, valCount, unreadable, path }: ReportData["record"]["dataset"]): string =>
  `${count(trainCount)} for training, ${count(valCount)} for validation` +
  `${unreadable > 0 ? `, ${count(unreadable)} unreadable` : ""}; folder ${lastPart(path)}`;

/** The last name of a path of any system. */
const lastPart = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== "") ?? path;

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(0)} GiB`;

const versionsOf = (versions: Readonly<Record<string, string>>): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");

/** A part of a recipe in words, such as `sgd, momentum 0.9, nesterov`. */
function settingsOf(part: unknown): string {
  if (typeof part !== "object" || part === null) return "–";
  const { type, ...rest } = part as { readonly type?: unknown };
  const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const settings = Object.entries(rest).flatMap(([name, value]) => {
    if (typeof value === "number") return [`${words(name)} ${shortNumber(value)}`];
    return value === true ? [words(name)] : [];
  });
  return [words(String(type)), ...settings].join(", ");
}
