// The names of an imported network's classes.
import { readFile } from "node:fs/promises";
import { readFailure } from "@fleuron/files";
import { type WarningEvent, warning } from "@fleuron/model";
import * as v from "valibot";
import { exportError } from "../../errors.js";

interface Wanted {
  /** The imported file. */
  readonly file: string;
  /** How many. */
  readonly classes: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** The path of a file of labels. Default: the imported file's metadata. */
  readonly labels?: string | undefined;
}

/** @throws FleuronError `labels-missing`, `labels-invalid`, `file-unreadable`. */
export async function* importedLabels({
  file,
  classes,
  metadata,
  labels,
}: Wanted): AsyncGenerator<WarningEvent, readonly string[]> {
  const found =
    labels === undefined
      ? labelsOfMetadata(metadata)
      : { names: labelsIn(await textOf(labels)), place: labels };
  if (found === undefined) {
    throw exportError("labels-missing", `${file} does not name its ${classes} classes.`, {
      subject: "labels",
      hint: `Name a file with \`labels\`: ${classes} lines, a JSON list, or a config.json with 'id2label'.`,
    });
  }
  const { names, place } = found;
  if (names.length !== classes) {
    throw exportError(
      "labels-invalid",
      `${file} distinguishes ${classes} classes, and ${place} has ${names.length} labels.`,
      { subject: place, hint: "Name a file with `labels` that has one for each class, in their order." },
    );
  }
  const distinct = distinctOf(names);
  const renamed = distinct.find((name, index) => name !== names[index]);
  if (renamed !== undefined)
    yield warning("labels-repeated", `Labels that occur again got their number, such as '${renamed}'.`);
  return distinct;
}

/** What occurs again gets its number, or the next that makes a name that is free. */
function distinctOf(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  return names.map((name, index) => {
    if (names.indexOf(name) === index) return name;
    let number = index;
    while (taken.has(`${name} (${number})`)) number++;
    taken.add(`${name} (${number})`);
    return `${name} (${number})`;
  });
}

const textOf = async (path: string) => {
  const text = await readFile(path, "utf8").catch((cause: unknown) =>
    Promise.reject(readFailure(path, cause)),
  );
  return text.replace(/^\uFEFF/, "");
};

/** Ours are `labels`; Paddle's recognisers have `character`, a line each. */
function labelsOfMetadata({ labels, character }: Readonly<Record<string, string>>) {
  if (labels !== undefined) return { names: labelsIn(labels), place: "its metadata" };
  return character === undefined ? undefined : { names: linesOf(character), place: "its metadata" };
}

const namesById = v.record(v.pipe(v.string(), v.regex(/^\d+$/)), v.string());

/** A list, names by their numbers, or the latter within Hugging Face's `config.json`. */
const labelsSchema = v.union([
  v.array(v.string()),
  v.pipe(
    v.object({ id2label: namesById }),
    v.transform(({ id2label }) => inOrder(id2label)),
  ),
  v.pipe(namesById, v.transform(inOrder)),
]);

function inOrder(names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names)
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, name]) => name);
}

function labelsIn(text: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return linesOf(text);
  }
  const found = v.safeParse(labelsSchema, json);
  return found.success ? found.output : linesOf(text);
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
