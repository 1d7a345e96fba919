// Which layers of a network learn, in the words of a command line.
import type { TrainableChoice } from "@fleuron/graph";
import { text } from "@fleuron/model/options";

export const trainableKind = text(/^(?:all|head|last:[1-9]\d*)$/, "all, head or last:N");

/** What a word that {@link trainableKind} takes means. */
export const trainableChoice = (word: string): TrainableChoice =>
  word === "all" || word === "head" ? word : { last: Number(word.slice("last:".length)) };
