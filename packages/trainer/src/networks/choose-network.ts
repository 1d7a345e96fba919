import type { NetworkName, WarningEvent } from "@fleuron/model";
import { withDefaults } from "@fleuron/model/options";
import { type ChosenNetwork, networkOfTable, requireSuited } from "@fleuron/training";
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
  requireSuited(isFile, options, {
    table: "a network of the table, and a file has its own",
    given: "a `network` that is a file",
  });
  if (!isFile) {
    const { width, imageSize, network: name } = withDefaults(trainOptions, options);
    const ofWidth = (width: number) =>
      networkOfTable({ network: name as NetworkName, width, imageSize, recipe: defaultRecipe });
    return { ...ofWidth(width), ...(options.width === undefined && { narrower: ofWidth(width / 2) }) };
  }
  const { networkOfFile } = await import("./network-of-file.js");
  return yield* networkOfFile(network, options);
}
