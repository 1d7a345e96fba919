// Loads the module of an installed engine.
import { createRequire } from "node:module";
import path from "node:path";
import util from "node:util";
import type { Tensorflow } from "./tensorflow.js";

/** Node 23 and newer have no such function any more; the npm package of 2024 still calls it. */
const removedFromNode = { isNullOrUndefined: (value: unknown) => value === null || value === undefined };

/** @throws whatever the module throws when its addon cannot be loaded. */
export function loadTensorflow(folder: string, npmPackage: string): Tensorflow {
  for (const [name, implementation] of Object.entries(removedFromNode)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: implementation });
  }
  return createRequire(path.join(folder, "package.json"))(npmPackage) as Tensorflow;
}
