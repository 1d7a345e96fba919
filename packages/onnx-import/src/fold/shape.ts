// Shapes, and the same elements in another one.
import { sizeOf } from "@fleuron/model";
import { flattened, lengthsWanted, squeezed, unsqueezed } from "../axes.js";
import { constantOf, type NodeContext } from "../context.js";
import type { Constant } from "../value.js";
import { type Fold, type FoldTable, given, lengthsOf } from "./table.js";

/** The same elements, in another shape or with another name. */
const same =
  (
    shapeOf: (
      x: Constant,
      inputs: readonly (Constant | undefined)[],
      context: NodeContext,
    ) => readonly number[],
  ): Fold =>
  (inputs, context) => {
    const x = given(inputs, 0, context);
    return constantOf(x.kind, shapeOf(x, inputs, context), x.data, x.name);
  };

function reshaped(
  x: Constant,
  inputs: readonly (Constant | undefined)[],
  context: NodeContext,
): readonly number[] {
  const copies = context.attributes.int("allowzero", 0) === 0;
  const wanted = lengthsOf(given(inputs, 1, context), x, context).map((length, axis) =>
    length === 0 && copies ? x.shape[axis]! : length,
  );
  const rest = x.data.length / sizeOf(wanted.filter((length) => length !== -1));
  const shape = wanted.map((length) => (length === -1 ? rest : length));
  return sizeOf(shape) === x.data.length
    ? shape
    : context.invalid(`cannot give [${shape}] from [${x.shape}]`);
}

export const shapeFolds: FoldTable = {
  Identity: same(({ shape }) => shape),
  Dropout: same(({ shape }) => shape),
  Shape(inputs, context) {
    const { shape } = given(inputs, 0, context);
    const lengths = lengthsWanted(context, shape);
    return constantOf("int", [lengths.length], lengths);
  },
  Size: (inputs, context) => constantOf("int", [], [sizeOf(given(inputs, 0, context).shape)]),
  Reshape: same(reshaped),
  Flatten: same(({ shape }, _, context) => flattened(context, shape).map(sizeOf)),
  Squeeze: same(({ shape }, _, context) => squeezed(context, shape)),
  Unsqueeze: same(({ shape }, _, context) => unsqueezed(context, shape)),
};
