// A recipe of one's own: JSON that says what it has otherwise than a recipe of the table.
import { type Checked, checked, parseJson } from "@fleuron/model";
import * as v from "valibot";
import { defaultRecipe, recipeNames, recipes } from "./index.js";
import { type Recipe, recipeSchema } from "./recipe.js";

interface Json {
  readonly [name: string]: unknown;
  readonly type?: unknown;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fileSchema = v.pipe(
  v.custom<Json>(isObject, "an object"),
  v.looseObject({
    /** The recipe that all else is taken from. */
    extends: v.optional(v.picklist(recipeNames), defaultRecipe),
  }),
);

/**
 * A recipe from the text of a file, such as `{"extends": "modern", "epochs": 30, "mixing": null}`; an entry of `type`
 * stands for itself where the type is another. Its summary, unless it has one, is a list of the changes.
 */
export function ownRecipe(name: string, text: string): Checked<Recipe> {
  if (recipeNames.some((known) => known === name))
    return { problem: `a recipe that Fleuron has is called '${name}', so it must have another name` };
  const file = parseJson(fileSchema, text);
  if (!("value" in file)) return file;
  const { extends: base, ...changes } = file.value;
  if ("name" in changes) return { problem: "'name' is unknown: a recipe is called as its file" };
  const summary = [`${base} with`, changesIn(changes).join(", ") || "nothing changed"].join(" ");
  const { name: _, summary: __, ...rest } = recipes[base];
  return checked(recipeSchema, { name, summary, ...changed(rest, changes) });
}

const replaces = (value: Json, change: Json): boolean => "type" in change && change.type !== value.type;

/** The value with what a change has in its place, entry by entry. */
function changed(value: Json, change: Json): Json {
  if (replaces(value, change)) return change;
  const entries = Object.entries(change).map(([key, wanted]) => {
    const present = value[key];
    return [key, isObject(present) && isObject(wanted) ? changed(present, wanted) : wanted] as const;
  });
  return { ...value, ...Object.fromEntries(entries) };
}

/** Each single change in words: "schedule.learningRate 0.01". */
const changesIn = (change: Json, within = ""): readonly string[] =>
  Object.entries(change).flatMap(([key, value]) =>
    isObject(value) ? changesIn(value, `${within}${key}.`) : [`${within}${key} ${JSON.stringify(value)}`],
  );
