import type { WarningEvent } from "@fleuron/model";
import { optionError } from "@fleuron/model/options";
import type { TrainOptions } from "../options/train-options.js";
import { type ChosenNetwork, isNetworkFile } from "./chosen-network.js";
import { networkOfTable } from "./network-of-table.js";

/**
 * What `network` names.
 * @throws FleuronError "option-invalid" for an option that does not suit the other kind; those of reading a file.
 */
export async function* chooseNetwork(options: TrainOptions): AsyncGenerator<WarningEvent, ChosenNetwork> {
  const { network } = options;
  const isFile = isNetworkFile(network);
  for (const name of isFile ? ofTable : ofFiles) {
    if (options[name] === undefined) continue;
    const whose = isFile ? "a network of the table, and a file has its own" : "a `network` that is a file";
    throw optionError("option-invalid", `\`${name}\` is for ${whose}.`, { subject: name });
  }
  if (!isFile) return networkOfTable(options);
  const { networkOfFile } = await import("./network-of-file.js");
  return yield* networkOfFile(network, options);
}

const ofTable = ["width"] as const satisfies readonly (keyof TrainOptions)[];
const ofFiles = [
  "head",
  "trainable",
  "preprocessing",
  "channels",
  "resize",
] as const satisfies readonly (keyof TrainOptions)[];
