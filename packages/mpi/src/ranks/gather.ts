import type { Ranks } from "@fleuron/training/ranks";
import type { SharedRun } from "../shared-run.js";
import { identityOf } from "./identity.js";
import { invite, join } from "./meet.js";
import { openMpi } from "./open-mpi.js";

/**
 * On rank 0: waits for the others and says what to compute.
 * @throws FleuronError "ranks-differ"; "mpi-unavailable".
 */
export async function gatherRanks<Work>({ launch, asked }: SharedRun, work: Work): Promise<Ranks> {
  const identity = await identityOf(asked);
  const ranks = await openMpi(launch);
  await invite<Work>(ranks, work, identity);
  return ranks;
}

/** On the others: waits for rank 0. Undefined where ranks differ, which rank 0 says. */
export async function joinRanks<Work>({
  launch,
  asked,
}: SharedRun): Promise<{ readonly ranks: Ranks; readonly work: Work } | undefined> {
  const ranks = await openMpi(launch);
  const work = await join<Work>(ranks, await identityOf(asked));
  if (work !== undefined) return { ranks, work };
  ranks.finish();
  return undefined;
}
