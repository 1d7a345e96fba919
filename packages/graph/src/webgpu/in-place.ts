// New values of variables that may take the place of the old ones at once, without a copy of their own.
import { accessesOf, type TensorId, textOf } from "./kernel.js";
import type { LoweredGraph } from "./lower.js";

/**
 * The updates, by their tensors, whose kernel stores each element after it has loaded that element of the variable, if
 * any, while no later kernel loads the variable.
 */
export function updatesInPlace({ kernels, updates, oldValues }: LoweredGraph): ReadonlyMap<TensorId, string> {
  const accesses = kernels.map(accessesOf);
  const values = [...updates.values()];
  const inPlace = [...updates].flatMap(([name, id]) => {
    if (values.indexOf(id) < values.lastIndexOf(id)) return [];
    const variable = oldValues.get(id)!;
    const storing = accesses.findIndex(({ stores }) => stores.has(id));
    const lastLoad = accesses.findLastIndex(({ loads }) => loads.has(variable));
    const isSafe =
      lastLoad < storing ||
      (lastLoad === storing && loadsBeforeItStores(textOf(kernels[storing]!), variable, id));
    return isSafe ? [[id, name] as const] : [];
  });
  return new Map(inPlace);
}

/** Whether a kernel loads a variable at the index alone that it stores the new value at, and before it does. */
function loadsBeforeItStores(text: string, variable: TensorId, update: TensorId): boolean {
  const stored = text.indexOf(`store_${update}(`);
  return Array.from(text.matchAll(/\bload_(\d+)\(([^)]*)\)/g)).every(
    ({ index: place, 1: id, 2: index }) =>
      Number(id) !== variable || (place < stored && (index === "at" || index === "i")),
  );
}
