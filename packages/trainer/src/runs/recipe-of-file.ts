import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readFailure } from "@fleuron/files";
import { ownRecipe, type Recipe, trainerError } from "@fleuron/training";

const ENDING = ".json";

/** Whether `recipe` names a file, and not a recipe of the table. */
export const isRecipeFile = (recipe: string | undefined): recipe is string =>
  recipe?.endsWith(ENDING) ?? false;

/** @throws FleuronError "file-unreadable"; "recipe-invalid" that names the setting. */
export async function recipeOfFile(file: string): Promise<Recipe> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw readFailure(file, cause);
  });
  const read = ownRecipe(basename(file, ENDING), text);
  if ("value" in read) return read.value;
  throw trainerError("recipe-invalid", `${file} is no recipe: ${read.problem}.`, {
    subject: file,
    hint: 'A recipe is JSON such as {"extends": "modern", "epochs": 30}; docs/recipes.md has its settings.',
  });
}
