import type { NetworkName, WarningEvent } from "@fleuron/model";
import { optionError, withDefaults } from "@fleuron/model/options";
import { type ChosenNetwork, networkOfTable } from "@fleuron/training";
import { defaultRecipe } from "@fleuron/training/recipes";
import { type TrainOptions, trainOptions } from "../options/train-options.js";
import { isNetworkFile } from "./chosen-network.js";

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
  if (!isFile) {
    const { width, imageSize, ...settings } = withDefaults(trainOptions, options);
    return networkOfTable({
      network: settings.network as NetworkName,
      width,
      imageSize,
      recipe: defaultRecipe,
    });
  }
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
