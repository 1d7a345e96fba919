import type { BatchSettings, Share } from "@fleuron/training/data";
import type { Ranks } from "@fleuron/training/ranks";
import { launchOf } from "./launch.js";

/** A run that several processes share, as one of them sees it. Plain data. */
export interface SharedRun {
  readonly launch: Share;
  /** The options of `train` or `resume` in this process. */
  readonly asked: object;
}

/**
 * @returns undefined where this process was started alone.
 * @throws FleuronError "mpi-unavailable", on rank 0, before it does anything that takes time.
 */
export async function sharedRun({
  signal: _,
  ...asked
}: {
  readonly signal?: unknown;
}): Promise<SharedRun | undefined> {
  const launch = launchOf(process.env);
  if (launch === undefined) return undefined;
  if (launch.rank === 0) await (await import("./ranks/load-mpi.js")).loadMpi();
  return { launch, asked: JSON.parse(JSON.stringify(asked)) };
}

/** The batches of which a rank makes its part; without ranks, all of each. */
export function partOf<Data extends { readonly settings: BatchSettings }>(
  data: Data,
  ranks: Ranks | undefined,
): Data {
  if (ranks === undefined) return data;
  const { rank, count } = ranks;
  return { ...data, settings: { ...data.settings, share: { rank, count } } };
}
