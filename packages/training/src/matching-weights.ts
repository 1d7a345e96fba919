// Which tensors of another training a new run can begin with.
import { networkOf } from "@fleuron/graph";
import type { FleuronError, WarningEvent } from "@fleuron/model";
import { trainerError } from "./errors.js";
import type { TrainingPlan } from "./plan.js";
import { isSlot, parameterStateName, type StateTensor, stateTensors } from "./state.js";

/**
 * Compares a file's tensors with what a plan needs: weights and statistics of equal name and shape fit. What does not is
 * named in the warning, except an optimiser's slots, which belong to the run that made them.
 * @param file what messages call it.
 * @throws FleuronError "checkpoint-mismatch" if no kernel fits, for biases alone fit many networks.
 */
export function matchingWeights(
  file: string,
  tensors: readonly StateTensor[],
  plan: TrainingPlan,
): { readonly names: readonly string[]; readonly warning: WarningEvent | undefined } {
  const has = new Map(tensors.map((tensor) => [tensor.name, shapeOf(tensor)]));
  const needs = stateTensors(plan).filter((tensor) => !isSlot(tensor));
  const fits = needs.filter((tensor) => has.get(tensor.name) === shapeOf(tensor));
  const kernels = new Set(
    networkOf(plan.network)
      .parameters.filter(({ kind }) => kind === "kernel")
      .map(parameterStateName),
  );
  if (!fits.some(({ name }) => kernels.has(name))) throw noKernelFits(file, needs, kernels, has);
  const needed = new Set(needs.map(({ name }) => name));
  const drawn = needs
    .filter((tensor) => !fits.includes(tensor))
    .map((tensor) => {
      const found = has.get(tensor.name);
      const why = found === undefined ? "not in the file" : `${found} in the file`;
      return `${tensor.name} of ${shapeOf(tensor)} (${why})`;
    });
  const unused = [...has.keys()].filter((name) => !needed.has(name) && !isSlot({ name }));
  const names = fits.map(({ name }) => name);
  return { names, warning: warningOf(file, names.length, drawn, unused) };
}

function noKernelFits(
  file: string,
  needs: readonly StateTensor[],
  kernels: ReadonlySet<string>,
  has: ReadonlyMap<string, string>,
): FleuronError {
  const known = needs.find(({ name }) => kernels.has(name) && has.has(name));
  const why =
    known === undefined
      ? `it has ${listed([...has.keys()])}`
      : `${known.name} is ${has.get(known.name)} there and ${shapeOf(known)} here`;
  return trainerError("checkpoint-mismatch", `No kernel in ${file} fits the network: ${why}.`, {
    subject: "initFrom",
    hint: "Begin with weights of the same `network` and `width`.",
  });
}

function warningOf(
  file: string,
  taken: number,
  drawn: readonly string[],
  unused: readonly string[],
): WarningEvent | undefined {
  if (drawn.length === 0 && unused.length === 0) return undefined;
  const message = [
    `Taken from ${file}: ${taken} of ${taken + drawn.length} tensors.`,
    ...(drawn.length > 0 ? [`Drawn anew: ${listed(drawn)}.`] : []),
    ...(unused.length > 0 ? [`Not used: ${listed(unused)}.`] : []),
  ].join(" ");
  return { type: "warning", code: "weights-in-part", message };
}

const shapeOf = ({ shape }: StateTensor) => `[${shape.join(", ")}]`;

const SHOWN = 5;
const listed = (names: readonly string[]) =>
  names.length === 0
    ? "no tensors"
    : names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "");
