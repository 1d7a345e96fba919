// What does not depend on the image is computed as the file is read: shapes, above all, in which the batch may occur.
import { broadcastShapes, offsetOf, tabulate } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { lengthsWanted, placesOf, squeezed, unsqueezed } from "./axes.js";
import { constantOf, type NodeContext } from "./context.js";
import { indexedRows } from "./places.js";
import { type ElementKind, type ExternalFiles, elementKind, readTensor } from "./read/read-tensor.js";
import { type BatchNumber, type Constant, countsPhotos, type Element, isNumber, numbersIn } from "./value.js";

/** Undefined where the result has a number for each photo, and becomes a part of the graph. */
type Fold = (
  inputs: readonly (Constant | undefined)[],
  context: NodeContext,
) => Constant | readonly Constant[] | undefined;

const given = (inputs: readonly (Constant | undefined)[], index: number, context: NodeContext): Constant =>
  inputs[index] ?? context.invalid(`has no input ${index + 1}`);

const batch = (element: Element): BatchNumber =>
  isNumber(element) ? { times: 0, photo: 0, plus: element } : element;
const plain = (element: BatchNumber): Element =>
  element.times === 0 && element.photo === 0 ? element.plus : element;

const sum = (a: Element, b: Element, sign: 1 | -1): Element => {
  const [left, right] = [batch(a), batch(b)];
  return plain({
    times: left.times + sign * right.times,
    photo: left.photo + sign * right.photo,
    plus: left.plus + sign * right.plus,
  });
};

const scaled = ({ times, photo, plus }: BatchNumber, by: number): Element =>
  plain({ times: times * by, photo: photo * by, plus: plus * by });

function product(a: Element, b: Element, context: NodeContext): Element {
  if (isNumber(a) && isNumber(b)) return a * b;
  const [size, factor] = isNumber(a) ? [batch(b), a] : [batch(a), b];
  if (!isNumber(factor)) return context.unsupported("multiplies the length of the batch by itself");
  return scaled(size, factor);
}

function quotient(a: Element, b: Element, kind: ElementKind, context: NodeContext): Element {
  if (isNumber(a) && isNumber(b)) return kind === "int" ? Math.trunc(a / b) : a / b;
  const [size, by] = [batch(a), batch(b)];
  // Both a multiple of the batch: 64 × batch ÷ batch.
  const whole = by.times === 0 ? by.plus : by.times;
  const isMultiple = by.times === 0 || (by.plus === 0 && size.plus === 0);
  if (by.photo !== 0 || !isMultiple || !isDivisible(size, whole))
    return context.unsupported(
      "divides by the length of the batch, or it by a number that may not divide it",
    );
  return by.times === 0 ? scaled(size, 1 / whole) : size.times / whole;
}

const isDivisible = ({ times, photo, plus }: BatchNumber, by: number): boolean =>
  times % by === 0 && photo === 0 && plus % by === 0;

/** What is left of a number of photos when it is divided: nothing, or it is not known. */
function remainder(a: Element, b: Element, kind: ElementKind, context: NodeContext): Element {
  const isFloat = context.attributes.int("fmod", 0) === 1;
  if (!isNumber(a) && isNumber(b) && isDivisible(a, b)) return 0;
  return numeric(isFloat ? (x, y) => x % y : modulo)(a, b, kind, context);
}

/** Compares by the sign of a − b, which may be the same for every length of the batch. */
const compared =
  (apply: (sign: number) => boolean): Binary =>
  (a, b, _, context) => {
    const difference = batch(sum(a, b, -1));
    const { times, photo, plus } = difference;
    const least = times + plus;
    const isCertain = photo === 0 && (times === 0 || (times > 0 ? least > 0 : least < 0));
    return isCertain ? Number(apply(least)) : context.unsupported("computes with the length of the batch");
  };

/** Takes two numbers; the batch is no number. */
const numeric =
  (apply: (a: number, b: number) => number) =>
  (a: Element, b: Element, _: ElementKind, context: NodeContext): Element =>
    isNumber(a) && isNumber(b) ? apply(a, b) : context.unsupported("computes with the length of the batch");

type Binary = (a: Element, b: Element, kind: ElementKind, context: NodeContext) => Element;

const elementwise =
  (apply: Binary, result?: ElementKind) =>
  (inputs: readonly (Constant | undefined)[], context: NodeContext): Constant => {
    const [a, b] = [given(inputs, 0, context), given(inputs, 1, context)];
    const shape = broadcastShapes(a.shape, b.shape) as readonly number[] | undefined;
    if (shape === undefined) return context.invalid("has shapes that do not broadcast");
    context.spend(shape);
    const data = Array.from({ length: sizeOf(shape) }, (_, index) =>
      apply(elementAt(a, shape, index), elementAt(b, shape, index), a.kind, context),
    );
    return constantOf(result ?? a.kind, shape, data);
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
  (apply: (value: number, kind: ElementKind) => number, result?: ElementKind): Fold =>
  (inputs, context) => {
    const x = given(inputs, 0, context);
    context.spend(x.shape);
    const data = Array.from(x.data, (element) =>
      isNumber(element)
        ? apply(element, x.kind)
        : context.unsupported("computes with the length of the batch"),
    );
    return constantOf(result ?? x.kind, x.shape, data);
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

/** The remainder with the sign of the divisor. */
const modulo = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};

const round = (value: number): number => {
  const down = Math.floor(value);
  const half = value - down;
  return half < 0.5 || (half === 0.5 && down % 2 === 0) ? down : down + 1;
};

/** How an integer goes through a cast. */
const convert = (element: Element, to: ElementKind): Element => {
  if (!isNumber(element) || to === "float") return element;
  return to === "int" ? Math.trunc(element) : Number(element !== 0);
};

/** Lengths, axes, places. */
function wholeNumbers(constant: Constant, context: NodeContext): readonly number[] {
  const numbers = plainNumbers(constant, context);
  const broken = numbers.find((number) => !Number.isInteger(number));
  return broken === undefined ? numbers : context.invalid(`needs whole numbers and is given ${broken}`);
}

function plainNumbers(constant: Constant, context: NodeContext): readonly number[] {
  context.spend(constant.shape);
  return Array.from(constant.data, (element) =>
    isNumber(element) ? element : context.unsupported("needs a number where the length of the batch stands"),
  );
}

/** A shape; a constant that counts photos has the length 1 where the batch stands. */
const lengthsOf = (shape: Constant, of: Constant, context: NodeContext): readonly number[] =>
  countsPhotos(of)
    ? wholeNumbers({ ...shape, data: Array.from(shape.data, (each) => (isBatch(each) ? 1 : each)) }, context)
    : wholeNumbers(shape, context);

const isBatch = (element: Element): boolean =>
  !isNumber(element) && element.times === 1 && element.photo === 0 && element.plus === 0;

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

function taken(
  context: NodeContext,
  x: Constant,
  shape: readonly number[],
  source: (coordinates: readonly number[]) => readonly number[],
): Constant {
  context.spend(shape);
  const data: Element[] = [];
  tabulate(shape, (coordinates) => {
    data.push(x.data[offsetOf(x.shape, source(coordinates as readonly number[]))]!);
    return 0;
  });
  return constantOf(x.kind, shape, data);
}

const folds: { readonly [opType: string]: Fold } = {
  Identity: same(({ shape }) => shape),
  Dropout: same(({ shape }) => shape),
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
  Cast(inputs, context) {
    const x = given(inputs, 0, context);
    const kind =
      elementKind(context.attributes.int("to", 0)) ??
      context.unsupported("converts to a type that is not read");
    if (kind === x.kind) return x;
    context.spend(x.shape);
    return constantOf(
      kind,
      x.shape,
      Array.from(x.data, (element) => convert(element, kind)),
      x.name,
    );
  },
  CastLike(inputs, context) {
    const [x, { kind }] = [given(inputs, 0, context), given(inputs, 1, context)];
    context.spend(x.shape);
    return constantOf(
      kind,
      x.shape,
      Array.from(x.data, (element) => convert(element, kind)),
      x.name,
    );
  },
  Shape(inputs, context) {
    const { shape } = given(inputs, 0, context);
    const lengths = lengthsWanted(context, shape);
    return constantOf("int", [lengths.length], lengths);
  },
  Size: (inputs, context) => constantOf("int", [], [sizeOf(given(inputs, 0, context).shape)]),
  Reshape: same(reshaped),
  Flatten: same(({ shape }, _, context) => {
    const axis = context.attributes.int("axis", 1);
    const at = axis < 0 ? axis + shape.length : axis;
    return [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at))];
  }),
  Squeeze: same(({ shape }, inputs, context) =>
    squeezed(
      context,
      shape,
      context.attributes.ints("axes", undefined) ?? (inputs[1] && wholeNumbers(inputs[1], context)),
    ),
  ),
  Unsqueeze: same(({ shape }, inputs, context) =>
    unsqueezed(
      context,
      shape,
      context.attributes.ints("axes", undefined) ?? wholeNumbers(given(inputs, 1, context), context),
    ),
  ),
  Transpose(inputs, context) {
    const x = given(inputs, 0, context);
    const order = context.permutation(x.shape.length);
    const shape = order.map((axis) => x.shape[axis]!);
    const moved = taken(context, x, shape, (coordinates) =>
      x.shape.map((_, axis) => coordinates[order.indexOf(axis)]!),
    );
    const data =
      x.data instanceof Float32Array ? Float32Array.from(moved.data as ArrayLike<number>) : moved.data;
    return { ...moved, data, name: x.name };
  },
  Gather(inputs, context) {
    const [x, indices] = [given(inputs, 0, context), given(inputs, 1, context)];
    const axis = context.axis(context.attributes.int("axis", 0), x.shape.length);
    const places = wholeNumbers(indices, context).map((index) =>
      index < 0 ? index + x.shape[axis]! : index,
    );
    if (places.some((place) => !(place >= 0 && place < x.shape[axis]!)))
      context.invalid("reads beyond its axis");
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return taken(context, x, shape, (at) => {
      const place = places[offsetOf(indices.shape, at.slice(axis, axis + indices.shape.length))]!;
      return [...at.slice(0, axis), place, ...at.slice(axis + indices.shape.length)];
    });
  },
  GatherND(inputs, context) {
    const [x, indices] = [given(inputs, 0, context), given(inputs, 1, context)];
    const numbers = wholeNumbers(indices, context);
    const common = context.attributes.int("batch_dims", 0);
    const { places, rest } = indexedRows(context, x.shape, { shape: indices.shape, numbers }, common);
    const row = x.shape.slice(rest);
    const size = sizeOf(row);
    context.spend([places.length, size]);
    const data = places.flatMap((place) =>
      Array.from({ length: size }, (_, at) => x.data[place * size + at]!),
    );
    return constantOf(x.kind, [...indices.shape.slice(0, -1), ...row], data);
  },
  ScatterND(inputs, context) {
    const [x, indices, updates] = [0, 1, 2].map((index) => given(inputs, index, context)) as [
      Constant,
      Constant,
      Constant,
    ];
    if (context.attributes.string("reduction", "none") !== "none")
      return context.unsupported("reduces numbers that do not depend on the image");
    const numbers = wholeNumbers(indices, context);
    const { places, rest } = indexedRows(context, x.shape, { shape: indices.shape, numbers }, 0);
    const size = sizeOf(x.shape.slice(rest));
    if (updates.data.length !== places.length * size) return context.invalid("has updates of another size");
    context.spend(x.shape);
    const data = Array.from(x.data);
    for (const [update, place] of places.entries())
      for (let at = 0; at < size; at++) data[place * size + at] = updates.data[update * size + at]!;
    return constantOf(x.kind, x.shape, data);
  },
  Slice(inputs, context) {
    const x = given(inputs, 0, context);
    context.spend(x.shape);
    const list = (name: string, index: number) =>
      context.attributes.ints(name, undefined) ?? (inputs[index] && wholeNumbers(inputs[index], context));
    const starts = list("starts", 1) ?? context.invalid("has no starts");
    const ends = list("ends", 2) ?? context.invalid("has no ends");
    const axes = (list("axes", 3) ?? starts.map((_, axis) => axis)).map((axis) =>
      context.axis(axis, x.shape.length),
    );
    const steps = (inputs[4] && wholeNumbers(inputs[4], context)) ?? starts.map(() => 1);
    const places = x.shape.map((length, axis) => {
      const at = axes.indexOf(axis);
      if (at < 0) return Array.from({ length }, (_, index) => index);
      return placesOf(context, length, { start: starts[at]!, end: ends[at]!, step: steps[at]! });
    });
    return taken(
      context,
      x,
      places.map(({ length }) => length),
      (at) => at.map((place, axis) => places[axis]![place]!),
    );
  },
  Concat(inputs, context) {
    const all = inputs.map((_, index) => given(inputs, index, context));
    const [first] = all;
    const axis = context.axis(context.attributes.int("axis", 0), first!.shape.length);
    const isAlike = ({ shape }: Constant) =>
      shape.length === first!.shape.length &&
      shape.every((length, each) => each === axis || length === first!.shape[each]);
    if (!all.every(isAlike)) context.invalid("has shapes that differ on other axes");
    const shape = first!.shape.with(
      axis,
      all.reduce((length, each) => length + each.shape[axis]!, 0),
    );
    context.spend(shape);
    const starts = all.map((_, index) => all.slice(0, index).reduce((at, each) => at + each.shape[axis]!, 0));
    const data: Element[] = [];
    tabulate(shape, (coordinates) => {
      const at = coordinates as readonly number[];
      const index = starts.findLastIndex((start, each) => start <= at[axis]! && all[each]!.shape[axis]! > 0);
      const source = all[index]!;
      data.push(source.data[offsetOf(source.shape, at.with(axis, at[axis]! - starts[index]!))]!);
      return 0;
    });
    return constantOf(first!.kind, shape, data);
  },
  Expand(inputs, context) {
    const [x, target] = [given(inputs, 0, context), given(inputs, 1, context)];
    if (numbersIn(target) === undefined && !countsPhotos(x)) return undefined;
    const wanted = lengthsOf(target, x, context);
    const shape = broadcastShapes(x.shape, wanted) as readonly number[] | undefined;
    if (shape === undefined) return context.invalid(`does not broadcast to [${wanted}]`);
    const skipped = shape.length - x.shape.length;
    return taken(context, x, shape, (at) =>
      x.shape.map((length, axis) => (length === 1 ? 0 : at[axis + skipped]!)),
    );
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
  Range(inputs, context) {
    if (inputs[1]?.data.length === 1 && isBatch(inputs[1].data[0]!)) return photosOf(inputs, context);
    const [start, limit, step] = [0, 1, 2].map(
      (index) => plainNumbers(given(inputs, index, context), context)[0]!,
    );
    const count = Math.max(0, Math.ceil((limit! - start!) / step!));
    context.spend([count]);
    const { kind } = inputs[0]!;
    return constantOf(
      kind,
      [count],
      Array.from({ length: count }, (_, index) => start! + index * step!),
    );
  },
  ConstantOfShape(inputs, context) {
    const shape = wholeNumbers(given(inputs, 0, context), context);
    const value = context.attributes.tensor("value");
    const { kind, data } = value ? readTensor(value, () => undefined) : { kind: "float" as const, data: [0] };
    if (data.length !== 1) context.invalid(`fills with ${data.length} numbers`);
    context.spend(shape, kind === "float" ? "filled" : "computed");
    const filled =
      kind === "float"
        ? new Float32Array(sizeOf(shape)).fill(data[0]!)
        : new Array(sizeOf(shape)).fill(data[0]);
    return constantOf(kind, shape, filled);
  },
};

/** The place of each photo in the batch. */
function photosOf([start, , step]: readonly (Constant | undefined)[], context: NodeContext): Constant {
  if (start?.data[0] !== 0 || step?.data[0] !== 1) return context.unsupported("takes a part of the batch");
  return constantOf(start.kind, [1], [{ times: 0, photo: 1, plus: 0 }]);
}

/** What may be done with numbers that count photos without asking how many there are. */
const keepsPhotos = ["Identity", "Cast", "Add", "Sub", "Mul", "Unsqueeze", "Reshape", "Expand"];

/** The numbers of a Constant node. */
export function constantValue(context: NodeContext, external: ExternalFiles): Constant {
  const { attributes, node } = context;
  const tensor = attributes.tensor("value");
  if (tensor !== undefined) {
    const { kind, shape, data } = readTensor(tensor, external);
    return constantOf(kind, shape, data, node.outputs[0]);
  }
  const float = attributes.float("value_float", undefined);
  if (float !== undefined) return constantOf("float", [], [float]);
  const int = attributes.int("value_int", undefined);
  if (int !== undefined) return constantOf("int", [], [int]);
  const floats = attributes.floats("value_floats");
  if (floats !== undefined) return constantOf("float", [floats.length], Float32Array.from(floats));
  const ints = attributes.ints("value_ints", undefined);
  if (ints !== undefined) return constantOf("int", [ints.length], ints);
  return context.unsupported("holds text or a sparse tensor");
}

/** Whether an operator's result is computed where all of its inputs are constants. */
export const isFolded = (opType: string): boolean => Object.hasOwn(folds, opType);

/** What a node gives for constants; undefined where it is computed with the image's graph. */
export function fold(
  inputs: readonly (Constant | undefined)[],
  context: NodeContext,
): readonly Constant[] | undefined {
  const { opType } = context.node;
  const apply = isFolded(opType) ? folds[opType] : undefined;
  if (inputs.some((input) => input && countsPhotos(input)) && !keepsPhotos.includes(opType))
    context.unsupported("computes with the places of photos in their batch");
  const result = apply?.(inputs, context);
  if (result === undefined) return undefined;
  return "type" in result ? [result] : result;
}
