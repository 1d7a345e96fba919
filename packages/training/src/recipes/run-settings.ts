// What `run.json` keeps: the recipe as the run follows it, and what else the run was given.
import { optionEntries, positiveInteger, seconds, written } from "@fleuron/model/options";
import * as v from "valibot";
import { loopOptions } from "../options/loop-options.js";
import { recipeSchema } from "./recipe.js";

const settings = v.object({
  ...recipeSchema.entries,
  /** Absent in runs that did not record it. */
  mixedPrecision: v.optional(v.boolean()),
  ...optionEntries(loopOptions),
  timeBudget: v.optional(written(seconds)),
  /** Photos of each class that were drawn from the training photos. */
  perClass: v.optional(written(positiveInteger)),
  /** The file that the first weights are from. */
  initFrom: v.optional(v.string()),
});

/** What runs of other versions have besides stays with them. */
export const runSettingsSchema = v.looseObject(settings.entries);

export type RunSettings = Readonly<v.InferOutput<typeof settings>>;
