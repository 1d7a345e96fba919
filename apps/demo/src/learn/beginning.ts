// What a training begins with.
import type { NetworkFiles, TrainingOptions } from "@fleuron/trainer-web";
import { recipes } from "@fleuron/training/recipes";
import type { OwnNetwork } from "./own-network.js";
import { optionsFor, type SizeName, sizes } from "./sizes.js";

/** What numbers a network file takes photos as; "said": as the file says, or as is usual. */
export type Levels = "said" | "0..1" | "-1..1" | "imagenet";

export type Beginning =
  /** A new head on what a network has learnt. */
  | { readonly from: "own"; readonly own: OwnNetwork }
  | { readonly from: "file"; readonly file: File; readonly levels: Levels }
  | { readonly from: "scratch"; readonly size: SizeName };

/** The options of a run on so many photos of so many classes. */
export function optionsOf(
  beginning: Beginning,
  counts: { readonly photos: number; readonly classes: number },
): TrainingOptions & { readonly epochs: number } {
  if (beginning.from === "scratch") return optionsFor(sizes[beginning.size], counts);
  const head = { recipe: "head", epochs: recipes.head.epochs } as const;
  return beginning.from === "file" && beginning.levels !== "said"
    ? { ...head, preprocessing: beginning.levels }
    : head;
}

/** The network that a training goes on with; undefined from scratch. */
export async function networkOf(
  beginning: Beginning,
  signal: AbortSignal,
): Promise<NetworkFiles | undefined> {
  if (beginning.from === "scratch") return undefined;
  return beginning.from === "own" ? beginning.own.fetch(signal) : beginning.file;
}
