import { invalid } from "./invalid.js";
import { sameShape, shapeText } from "./shapes.js";
import type { Shape } from "./types.js";

interface Typed {
  readonly dtype: string;
  readonly shape: Shape;
}

/**
 * What two graphs call by one name has to be one tensor.
 * @throws FleuronError "graph-invalid" that names it and both types.
 */
export function requireSameType(name: string, one: Typed, other: Typed): void {
  if (one.dtype === other.dtype && sameShape(one.shape, other.shape)) return;
  const [first, second] = [one, other].map(({ dtype, shape }) => `${dtype}${shapeText(shape)}`);
  throw invalid(name, `'${name}' is ${first} in one graph, and ${second} in another.`);
}
