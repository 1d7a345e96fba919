// What a program does, before any device is asked for anything: kernels with their bindings, and what is copied.
import { sizeOf } from "@fleuron/model";
import { invalid } from "../invalid.js";
import type { Graph } from "../types.js";
import { type BoundKernel, bind, type KernelLimits } from "./bind.js";
import { updatesInPlace } from "./in-place.js";
import { accessesOf, type TensorId } from "./kernel.js";
import { type LoweredGraph, lower } from "./lower.js";
import type { ChooseForm } from "./lowering.js";
import { isInteger, wordsOf } from "./packing.js";
import { expectElements, type Lifetime, type Place, passingPlaces, sideBySide } from "./places.js";
import { withScales } from "./scales.js";

export interface ProgramPlan {
  /** Side by side in one room. */
  readonly inputs: ReadonlyMap<string, Place>;
  /** Numbers that are there before the first run, side by side in another room. */
  readonly constants: readonly { readonly place: Place; readonly values: readonly number[] }[];
  readonly kernels: readonly BoundKernel[];
  /** Where outputs are after the last kernel. */
  readonly outputs: ReadonlyMap<string, Place>;
  /** What is copied to variables after that, where their old values were needed until then. */
  readonly updates: readonly { readonly from: Place; readonly to: Place }[];
}

export interface PlanOptions {
  /** The outputs that are wanted; all where none are named. */
  readonly outputs: readonly string[] | undefined;
  /** Where the variables of the graph lie. */
  readonly placeOfVariable: (name: string) => Place;
  readonly limits: KernelLimits;
  readonly products: ChooseForm;
}

/**
 * @throws FleuronError "graph-invalid" for an output or a variable that is none, or a variable of another size;
 * "device-limit".
 */
export function planProgram(
  given: Graph<number>,
  { outputs: names, placeOfVariable, limits, products }: PlanOptions,
): ProgramPlan {
  const { graph, scales } = withScales(given, (name) => isInteger(placeOfVariable(name).packing));
  const wanted = names?.map((name) => outputOf(graph, name)) ?? graph.outputs;
  const lowered = lower(graph, { wanted, products, scales });
  const inputs = sideBySide(
    "inputs",
    graph.inputs.map(({ name, value }) => [name, sizeOf(graph.types[value]!.shape)] as const),
  );
  const constants = sideBySide(
    "constants",
    Array.from(lowered.constants, ([id, values]) => [id, values.length] as const),
  );
  const inPlace = updatesInPlace(lowered);
  const lasting = new Map<TensorId, Place>([
    ...graph.variables.map(({ name, value }) => {
      const place = placeOfVariable(name);
      expectElements(name, place, wordsOf(sizeOf(graph.types[value]!.shape), place.packing), "in the graph");
      return [value, place] as const;
    }),
    ...graph.inputs.map(({ name, value }) => [value, inputs.get(name)!] as const),
    ...constants,
    ...Array.from(inPlace, ([id, name]) => [id, placeOfVariable(name)] as const),
  ]);
  const passing = passingPlaces(lifetimesOf(lowered, (id) => !lasting.has(id)));
  const places = new Map([...lasting, ...passing]);
  return {
    inputs,
    constants: Array.from(lowered.constants, ([id, values]) => ({ place: places.get(id)!, values })),
    kernels: lowered.kernels.map((kernel) => bind(kernel, (id) => places.get(id)!, limits)),
    outputs: new Map([...lowered.outputs].map(([name, id]) => [name, places.get(id)!])),
    updates: [...lowered.updates]
      .filter(([, id]) => !inPlace.has(id))
      .map(([name, id]) => ({ from: places.get(id)!, to: placeOfVariable(name) })),
  };
}

function outputOf(graph: Graph<number>, name: string) {
  const output = graph.outputs.find((each) => each.name === name);
  if (output !== undefined) return output;
  throw invalid(name, `The graph has no output '${name}'.`);
}

/** From the first kernel that a tensor is seen in to the last one, or to the end for what leaves the program. */
function lifetimesOf(
  { kernels, elements, outputs, updates }: LoweredGraph,
  isPassing: (id: TensorId) => boolean,
): readonly Lifetime[] {
  const seen = new Map<TensorId, { first: number; last: number }>();
  kernels.forEach((kernel, index) => {
    const { loads, stores } = accessesOf(kernel);
    for (const id of [...stores, ...loads]) {
      const lifetime = seen.get(id) ?? { first: index, last: index };
      lifetime.last = index;
      seen.set(id, lifetime);
    }
  });
  for (const id of [...outputs.values(), ...updates.values()]) seen.get(id)!.last = kernels.length;
  return [...seen]
    .filter(([id]) => isPassing(id))
    .map(([id, lifetime]) => ({ id, elements: elements.get(id)!, ...lifetime }));
}
