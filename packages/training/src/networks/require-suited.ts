import { optionError } from "@fleuron/model/options";

const ofTable = ["width"] as const;
const ofFiles = ["head", "trainable", "preprocessing", "channels", "resize"] as const;

/**
 * Refuses an option of the other kind of network: of a table's, which begins anew, or of one that has learnt elsewhere.
 * @param whose how the caller's messages call the network of the table, and the one that was given.
 * @throws FleuronError "option-invalid" that names it.
 */
export function requireSuited(
  isGiven: boolean,
  options: { readonly [Name in (typeof ofTable)[number] | (typeof ofFiles)[number]]?: unknown },
  whose: { readonly table: string; readonly given: string },
): void {
  const name = (isGiven ? ofTable : ofFiles).find((name) => options[name] !== undefined);
  if (name === undefined) return;
  throw optionError("option-invalid", `\`${name}\` is for ${isGiven ? whose.table : whose.given}.`, {
    subject: name,
  });
}
