// How a run's ranks begin: rank 0 has prepared the photos, and says what is to be trained.
import { deserialize, serialize } from "node:v8";
import { trainerError } from "@fleuron/training";
import { type Ranks, receiveBytes, sendBytes } from "@fleuron/training/ranks";
import type { Identity } from "./identity.js";

/** What all ranks are to compute, with what rank 0 is. */
interface Invitation<Work> {
  readonly work: Work;
  readonly identity: Identity;
}

/**
 * Tells the other ranks, which {@link join}, what they are to compute. Where it throws, these end by themselves.
 * @throws FleuronError "ranks-differ".
 */
export async function invite<Work>(ranks: Ranks, work: Work, identity: Identity): Promise<void> {
  await sendBytes(ranks, serialize({ work, identity } satisfies Invitation<Work>));
  const { build, options } = await compare(ranks, identity, identity);
  if (build.length > 0) {
    throw trainerError("ranks-differ", `${named(build)} another build of Fleuron than rank 0.`, {
      subject: "mpirun",
      hint: "Install the same Fleuron, with the same Node and onnxruntime, on every machine.",
    });
  }
  if (options.length > 0) {
    throw trainerError("ranks-differ", `${named(options)} other options than rank 0.`, {
      subject: "mpirun",
      hint: "Start all ranks with one command.",
    });
  }
}

/** What rank 0 wants computed; undefined where ranks differ, which rank 0 says. */
export async function join<Work>(ranks: Ranks, identity: Identity): Promise<Work | undefined> {
  const invitation: Invitation<Work> = deserialize(await receiveBytes(ranks));
  const { build, options } = await compare(ranks, identity, invitation.identity);
  return build.length + options.length === 0 ? invitation.work : undefined;
}

/** The ranks that differ from the first. */
async function compare(ranks: Ranks, own: Identity, first: Identity) {
  const { rank, count } = ranks;
  const differ = new Float32Array(2 * count);
  differ[rank] = Number(own.build !== first.build);
  differ[count + rank] = Number(own.options !== first.options);
  await ranks.sum(differ);
  const those = (flags: Float32Array) => [...flags.keys()].filter((each) => flags[each]! > 0);
  return { build: those(differ.subarray(0, count)), options: those(differ.subarray(count)) };
}

const named = (ranks: readonly number[]): string =>
  ranks.length === 1 ? `Rank ${ranks[0]} has` : `${ranks.length} ranks, the first of them ${ranks[0]}, have`;
