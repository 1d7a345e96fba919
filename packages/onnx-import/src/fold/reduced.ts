// Sums, products and bounds of shapes.
import { offsetOf, tabulate } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { reducedAxes } from "../axes.js";
import { constantOf } from "../context.js";
import { type Element, isNumber } from "../value.js";
import { type Binary, numeric, product, sum } from "./batch-number.js";
import { type Fold, type FoldTable, given, ofKind } from "./table.js";

const reduced =
  (apply: Binary, neutral: number): Fold =>
  (inputs, context) => {
    const x = given(inputs, 0, context);
    context.spend(x.shape);
    const axes = reducedAxes(context, x.shape.length);
    const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
    context.spend(kept);
    const data: Element[] = new Array(sizeOf(kept)).fill(neutral);
    tabulate(x.shape, (coordinates) => {
      const at = coordinates as readonly number[];
      const place = offsetOf(
        kept,
        at.map((each, axis) => (axes.includes(axis) ? 0 : each)),
      );
      const both = apply(data[place]!, x.data[offsetOf(x.shape, at)]!, x.kind, context);
      data[place] = isNumber(both) ? ofKind(x.kind, both) : both;
      return 0;
    });
    const keepsAxes = context.attributes.int("keepdims", 1) === 1;
    return constantOf(x.kind, keepsAxes ? kept : x.shape.filter((_, axis) => !axes.includes(axis)), data);
  };

/** Floats may be weights: what standardises these is a part of the graph. */
const ofIntegers =
  (fold: Fold): Fold =>
  (inputs, context) =>
    inputs[0]?.kind === "int" ? fold(inputs, context) : undefined;

export const reducedFolds: FoldTable = {
  ReduceProd: reduced((a, b, _, context) => product(a, b, context), 1),
  ReduceSum: ofIntegers(reduced((a, b) => sum(a, b, 1), 0)),
  ReduceMax: ofIntegers(reduced(numeric(Math.max), Number.NEGATIVE_INFINITY)),
  ReduceMin: ofIntegers(reduced(numeric(Math.min), Number.POSITIVE_INFINITY)),
};
