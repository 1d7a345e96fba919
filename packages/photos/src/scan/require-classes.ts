import { classesAlike } from "./folder-errors.js";

/**
 * Classes without photos of their own whose folders agree are folds, or parts under unknown names: a network would learn
 * to tell them apart.
 *
 * @throws FleuronError `dataset-ambiguous`
 */
export function requireClasses(root: string, photos: readonly { readonly path: string }[]): void {
  const inside = new Map<string, Set<string>>();
  for (const { path } of photos) {
    const [folder, below, photo] = path.split("/");
    if (photo === undefined) return;
    const known = inside.get(folder!) ?? new Set();
    inside.set(folder!, known.add(below!));
  }
  const [first, ...rest] = [...inside.values()];
  const shared = [...first!].filter((name) => rest.every((names) => names.has(name)));
  const most = Math.max(...[...inside.values()].map(({ size }) => size));
  if (shared.length >= 2 && 2 * shared.length >= most) throw classesAlike(root, [...inside.keys()], shared);
}
