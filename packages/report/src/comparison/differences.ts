import { count, shortNumber } from "@fleuron/model";
import { inTurns } from "../engines.js";
import type { ReportedRun } from "../reported-run.js";
import { clipped } from "../words.js";
import type { SettingDifference } from "./comparison.js";

const LONGEST_VALUE = 48;

/** The settings that are not the same in all of the records. */
export function differencesOf(records: readonly ReportedRun[]): readonly SettingDifference[] {
  const settings = records.map((record) => new Map(settingsOf(record)));
  const names = [...new Set(settings.flatMap((one) => [...one.keys()]))];
  const groups = names.map(groupOf);
  const inGroups = names.toSorted((a, b) => groups.indexOf(groupOf(a)) - groups.indexOf(groupOf(b)));
  return inGroups.flatMap((setting) => {
    const values = settings.map((one) => one.get(setting) ?? null);
    return new Set(values).size > 1 ? [{ setting, values }] : [];
  });
}

/** `schedule` of `schedule, learning rate`. */
const groupOf = (setting: string): string => setting.split(", ", 1)[0]!;

type Setting = readonly [name: string, value: string];

function settingsOf(record: ReportedRun): readonly Setting[] {
  const { network, plan, dataset, seeds, engine, machine, versions } = record;
  // `colours` were measured on the photos: no setting.
  const { name: _, summary: __, epochs: ___, batchSize: ____, colours: _____, ...recipe } = record.settings;
  const { initFrom } = recipe;
  const { input, name, parameters } = network;
  return [
    ["recipe", record.recipe],
    ...flattened({
      network: name,
      parameters: count(parameters),
      input: `${input.width}×${input.height}`,
      epochs: record.epochs,
      batchSize: plan.batchSize,
    }),
    ...flattened({ ...recipe, ...(typeof initFrom === "string" && { initFrom: endOf(initFrom) }) }),
    ...flattened({
      classes: record.labels.join(", "),
      photos: {
        dataSet: dataset.name,
        contents: dataset.contentHash.slice(0, 8),
        toLearnFrom: count(dataset.trainCount),
        heldOut: count(dataset.valCount),
      },
      seed: seeds.seed,
      splitSeed: seeds.splitSeed,
      engine: inTurns(record, "engine"),
      precision: inTurns(record, "precision"),
      threads: inTurns(record, "threads"),
      deterministic: engine.deterministic ?? false,
      machine: { processor: machine.cpu, cores: machine.cores },
      versions: { fleuron: versions.fleuron, node: versions.node, ...engine.versions },
    }),
  ];
}

/** A run and its file, without the way to it. */
const endOf = (path: string): string => path.split(/[\\/]/).slice(-2).join("/");

/** `{ schedule: { type: "a", learningRate: 1 } }` as `schedule` "a" and `schedule, learning rate` "1". */
function flattened(value: unknown, path: readonly string[] = []): readonly Setting[] {
  if (value === undefined) return [];
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      flattened(inner, key === "type" ? path : [...path, words(key)]),
    );
  }
  return [[path.join(", "), clipped(written(value), LONGEST_VALUE)]];
}

const words = (key: string): string =>
  key.replace(/([a-z\d])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);

function written(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : shortNumber(value);
  if (Array.isArray(value)) return value.map(written).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null ? "none" : String(value);
}
