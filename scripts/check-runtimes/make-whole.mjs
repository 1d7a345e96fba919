import { existsSync, rmSync, writeFileSync } from "node:fs";

/**
 * Makes a folder unless a file beside it says that it is whole: what an interruption left is made anew. `make` returns why it failed, or
 * throws; the reason is returned, undefined where there is none.
 */
export async function makeWhole(folder, make) {
  const mark = `${folder}.whole`;
  if (existsSync(mark) && existsSync(folder)) return undefined;
  for (const left of [mark, folder]) rmSync(left, { recursive: true, force: true });
  const wrong = await make();
  if (wrong === undefined) writeFileSync(mark, "");
  else rmSync(folder, { recursive: true, force: true });
  return wrong;
}
