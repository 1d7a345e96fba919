// `network.json`: the network of a run that trains a graph. It is long and never changes: `run.json` names it by its hash.
import type { NetworkDescription } from "@fleuron/graph";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";
import { runFolderError } from "./errors.js";
import { RUN_FILES } from "./run-files.js";

export interface NetworkFile {
  readonly text: string;
  /** The text's hash, in hexadecimal. */
  readonly sha256: string;
}

/** What stands in `run.json` in place of the graph. */
const referenceSchema = v.strictObject({
  type: v.literal("imported"),
  name: v.string(),
  sha256: v.string(),
});

const referringSchema = v.looseObject({ plan: v.looseObject({ network: referenceSchema }) });

/** The text of the file; undefined for a list of layers, which stands in `run.json` itself. */
export const networkText = (network: NetworkDescription): string | undefined =>
  "inference" in network ? `${JSON.stringify(network)}\n` : undefined;

/** What `run.json` says of a network. */
export function networkEntry(network: NetworkDescription, sha256: string | undefined): object {
  if (!("inference" in network)) return network;
  if (sha256 === undefined) throw new Error("internal: the hash of the network's file is not given");
  return { type: network.type, name: network.name, sha256 };
}

/**
 * A record as JSON, with the graph in place of what stands for it.
 * @throws FleuronError `run-network-invalid` where the file is missing or another than the run began with.
 */
export function withNetwork(record: unknown, network: NetworkFile | undefined): unknown {
  const referring = v.safeParse(referringSchema, record);
  if (!referring.success) return record;
  const { plan, ...rest } = referring.output;
  if (network === undefined) throw invalid("is missing");
  if (network.sha256 !== plan.network.sha256) throw invalid("is not the network that the run began with");
  const parsed = parseJson(v.unknown(), network.text);
  if (!("value" in parsed)) throw invalid(`is damaged: ${parsed.problem}`);
  return { ...rest, plan: { ...plan, network: parsed.value } };
}

const invalid = (problem: string) =>
  runFolderError("run-network-invalid", `The run's ${RUN_FILES.network} ${problem}.`, {
    subject: RUN_FILES.network,
    hint: "Restore the file from a copy, or choose another run.",
  });
