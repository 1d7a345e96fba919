// Element by element: arithmetic, comparisons, conversions, choices.
import { broadcastShapes } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { aligned } from "../axes.js";
import { clipBounds } from "../clip-bounds.js";
import { constantOf, type NodeContext } from "../context.js";
import { type ElementKind, elementKind } from "../read/read-tensor.js";
import { type Constant, type Element, isNumber, numbersIn } from "../value.js";
import {
  type Binary,
  batch,
  compared,
  isDivisible,
  numeric,
  product,
  quotient,
  remainder,
  sum,
} from "./batch-number.js";
import { type Fold, type FoldTable, given, ofKind } from "./table.js";

const elementwise =
  (apply: Binary, result?: ElementKind) =>
  (inputs: readonly (Constant | undefined)[], context: NodeContext): Constant => {
    const [a, second] = [given(inputs, 0, context), given(inputs, 1, context)];
    const b = { ...second, shape: aligned(context, second.shape, a.shape) };
    const shape = broadcastShapes(a.shape, b.shape) as readonly number[] | undefined;
    if (shape === undefined) return context.invalid("has shapes that do not broadcast");
    context.spend(shape);
    const kind = result ?? a.kind;
    const data = Array.from({ length: sizeOf(shape) }, (_, index) => {
      const element = apply(elementAt(a, shape, index), elementAt(b, shape, index), a.kind, context);
      return isNumber(element) ? ofKind(kind, element) : element;
    });
    return constantOf(kind, shape, data);
  };

/** Takes any number of inputs, the second with the first, the third with what they gave, and so on. */
const several =
  (two: (inputs: readonly (Constant | undefined)[], context: NodeContext) => Constant): Fold =>
  (inputs, context) =>
    inputs.map((_, index) => given(inputs, index, context)).reduce((a, b) => two([a, b], context));

function elementAt({ shape, data }: Constant, of: readonly number[], index: number): Element {
  if (shape.length === 0) return data[0]!;
  let [offset, stride, rest] = [0, 1, index];
  for (let axis = of.length - 1; axis >= 0; axis--) {
    const coordinate = rest % of[axis]!;
    rest = Math.floor(rest / of[axis]!);
    const own = shape[axis - of.length + shape.length];
    if (own === undefined) continue;
    if (own !== 1) offset += coordinate * stride;
    stride *= own;
  }
  return data[offset]!;
}

const unary =
  (apply: (value: number) => number, result?: ElementKind): Fold =>
  (inputs, context) => {
    const x = given(inputs, 0, context);
    context.spend(x.shape);
    const kind = result ?? x.kind;
    const data = Array.from(x.data, (element) =>
      isNumber(element)
        ? ofKind(kind, apply(element))
        : context.unsupported("computes with the length of the batch"),
    );
    return constantOf(kind, x.shape, data);
  };

/** A number of photos that is a whole one is rounded already. */
const rounded = (apply: (value: number) => number): Fold => {
  const each = unary(apply);
  return (inputs, context) => {
    const x = inputs[0];
    const isWhole = (element: Element) => isNumber(element) || isDivisible(element, 1);
    if (x === undefined || numbersIn(x) !== undefined || !Array.from(x.data).every(isWhole))
      return each(inputs, context);
    const data = Array.from(x.data, (element) => (isNumber(element) ? apply(element) : element));
    return constantOf(x.kind, x.shape, data);
  };
};

const round = (value: number): number => {
  const down = Math.floor(value);
  const half = value - down;
  return half < 0.5 || (half === 0.5 && down % 2 === 0) ? down : down + 1;
};

/** The length of the batch goes through a cast as it is. */
const convert = (element: Element, to: ElementKind): Element => {
  if (!isNumber(element)) return element;
  return to === "bool" ? Number(element !== 0) : ofKind(to, element);
};

function converted(x: Constant, kind: ElementKind, context: NodeContext): Constant {
  context.spend(x.shape);
  return constantOf(
    kind,
    x.shape,
    Array.from(x.data, (element) => convert(element, kind)),
    x.name,
  );
}

export const elementwiseFolds: FoldTable = {
  Add: elementwise((a, b) => sum(a, b, 1)),
  Sub: elementwise((a, b) => sum(a, b, -1)),
  Mul: elementwise((a, b, _, context) => product(a, b, context)),
  Div: elementwise(quotient),
  Mod: elementwise(remainder),
  Pow: elementwise(numeric((a, b) => a ** b)),
  Min: several(elementwise(numeric(Math.min))),
  Max: several(elementwise(numeric(Math.max))),
  And: elementwise(
    numeric((a, b) => Number(a !== 0 && b !== 0)),
    "bool",
  ),
  Or: elementwise(
    numeric((a, b) => Number(a !== 0 || b !== 0)),
    "bool",
  ),
  Equal: elementwise((a, b) => {
    const [left, right] = [batch(a), batch(b)];
    const isEqual = left.times === right.times && left.photo === right.photo && left.plus === right.plus;
    return Number(isEqual);
  }, "bool"),
  Xor: elementwise(
    numeric((a, b) => Number((a !== 0) !== (b !== 0))),
    "bool",
  ),
  Greater: elementwise(
    compared((difference) => difference > 0),
    "bool",
  ),
  GreaterOrEqual: elementwise(
    compared((difference) => difference >= 0),
    "bool",
  ),
  Less: elementwise(
    compared((difference) => difference < 0),
    "bool",
  ),
  LessOrEqual: elementwise(
    compared((difference) => difference <= 0),
    "bool",
  ),
  Not: unary((value) => Number(value === 0), "bool"),
  Neg: unary((value) => -value),
  Abs: unary(Math.abs),
  Sqrt: unary(Math.sqrt),
  Ceil: rounded(Math.ceil),
  Floor: rounded(Math.floor),
  Round: rounded(round),
  Reciprocal: unary((value) => 1 / value),
  Sign: unary(Math.sign),
  Clip(inputs, context) {
    const [low, high] = clipBounds(context);
    return unary((value) => Math.min(Math.max(value, low), high))(inputs, context);
  },
  Cast(inputs, context) {
    const x = given(inputs, 0, context);
    const kind =
      elementKind(context.attributes.int("to", 0)) ??
      context.unsupported("converts to a type that is not read");
    return kind === x.kind ? x : converted(x, kind, context);
  },
  CastLike(inputs, context) {
    return converted(given(inputs, 0, context), given(inputs, 1, context).kind, context);
  },
  Where(inputs, context) {
    const [condition, a, b] = [
      given(inputs, 0, context),
      given(inputs, 1, context),
      given(inputs, 2, context),
    ];
    const first = broadcastShapes(condition.shape, a.shape);
    const shape = (first && broadcastShapes(first, b.shape)) as readonly number[] | undefined;
    if (shape === undefined) return context.invalid("has shapes that do not broadcast");
    context.spend(shape);
    const data = Array.from({ length: sizeOf(shape) }, (_, index) =>
      elementAt(elementAt(condition, shape, index) !== 0 ? a : b, shape, index),
    );
    return constantOf(a.kind, shape, data);
  },
};
