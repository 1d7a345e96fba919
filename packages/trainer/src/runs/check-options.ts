// What callers without types, or with numbers from elsewhere, may get wrong: refused before any work.
import { networkNames } from "@fleuron/model";
import { recipeNames, trainerError } from "@fleuron/training";
import * as v from "valibot";
import type { TrainerNodeApi } from "../api.js";
import { mixedPrecisions } from "../engines/choose-engine.js";

const path = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const seed = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

const sharedOptions = {
  epochs: v.optional(count),
  patience: v.optional(count),
  threads: v.optional(count),
  checkpointEvery: v.optional(
    v.variant("unit", [
      v.strictObject({ unit: v.literal("steps"), steps: count }),
      v.strictObject({ unit: v.literal("minutes"), minutes: positive }),
    ]),
  ),
  signal: v.optional(v.instance(AbortSignal)),
};

const trainOptionsSchema = v.strictObject({
  ...sharedOptions,
  data: v.optional(path),
  recipe: v.optional(v.picklist(recipeNames)),
  network: v.optional(v.picklist(networkNames)),
  width: v.optional(positive),
  imageSize: v.optional(count),
  engine: v.optional(v.string()),
  mixedPrecision: v.optional(v.picklist(mixedPrecisions)),
  deterministic: v.optional(v.boolean()),
  batchSize: v.optional(count),
  learningRate: v.optional(positive),
  validationSplit: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1))),
  seed: v.optional(seed),
  splitSeed: v.optional(seed),
  maxImages: v.optional(count),
  timeBudget: v.optional(positive),
  initFrom: v.optional(path),
  out: v.optional(path),
  runsFolder: v.optional(path),
});

const resumeOptionsSchema = v.strictObject({
  ...sharedOptions,
  data: v.optional(path),
  engine: v.optional(v.string()),
  run: path,
});

/** @throws FleuronError "recipe-unknown", "option-invalid" that names the option. */
export function checkTrainOptions(options: Parameters<TrainerNodeApi["train"]>[0]): void {
  if (options.recipe !== undefined && !recipeNames.includes(options.recipe)) {
    throw trainerError("recipe-unknown", `There is no recipe '${options.recipe}'.`, {
      subject: "recipe",
      hint: `Recipes: ${recipeNames.join(", ")}.`,
    });
  }
  check(trainOptionsSchema, options);
}

/** @throws FleuronError "option-invalid" that names the option. */
export const checkResumeOptions = (options: Parameters<TrainerNodeApi["resume"]>[0]): void =>
  check(resumeOptionsSchema, options);

function check(schema: v.GenericSchema, options: object): void {
  const result = v.safeParse(schema, options);
  if (result.success) return;
  const [issue] = result.issues;
  const subject = v.getDotPath(issue) ?? "options";
  throw trainerError("option-invalid", `The option '${subject}' cannot be used. ${issue.message}.`, {
    subject,
  });
}
