// The network that a run trains: AlexNet with drawn weights, or one that has learnt elsewhere.
import { FleuronError, type WarningEvent } from "@fleuron/model";
import { type ChosenNetwork, networkOfTable, networkToTune, requireSuited } from "@fleuron/training";
import type * as Importer from "../importer/entry.js";
import type { NetworkFiles } from "../messages.js";
import type { TrainingOptions } from "../options.js";
import { sha256 } from "../sha256.js";
import { readNetworkFiles } from "./network-files.js";

const WIDTH = 0.25;
const IMAGE_SIZE = 99;

export interface ChooseNetworkOptions {
  readonly importerUrl: string;
  readonly tell: (event: WarningEvent) => void;
}

/** @throws FleuronError "option-invalid" for an option of the other kind of network; those of reading a file, and of its head. */
export async function chooseNetwork(
  given: NetworkFiles | undefined,
  options: TrainingOptions,
  { importerUrl, tell }: ChooseNetworkOptions,
): Promise<ChosenNetwork> {
  requireSuited(given !== undefined, options, {
    table: "AlexNet, and the given network has its own",
    given: "a given `network`",
  });
  if (given === undefined) {
    const { width = WIDTH, imageSize = IMAGE_SIZE } = options;
    return networkOfTable({ network: "alexnet", width, imageSize, recipe: "quick" });
  }
  const { head, trainable, preprocessing, channels, resize, imageSize } = options;
  const opened = await readNetworkFiles(given);
  const { readNetwork } = (await import(importerUrl)) as typeof Importer;
  const read = readNetwork(opened, { preprocessing, channels, resize, imageSize: imageSize?.toString() });
  if ("error" in read) throw FleuronError.fromJSON(read.error);
  for (const warning of read.warnings) tell(warning);
  const source = { file: opened.file, sha256: await sha256(opened.bytes as Uint8Array<ArrayBuffer>) };
  return networkToTune({ source, ...read.file }, { head, trainable });
}
