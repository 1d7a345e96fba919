// Arithmetic of numbers in which the length of the batch occurs.
import type { NodeContext } from "../context.js";
import type { ElementKind } from "../read/read-tensor.js";
import { type BatchNumber, type Element, isNumber } from "../value.js";

export const batch = (element: Element): BatchNumber =>
  isNumber(element) ? { times: 0, photo: 0, plus: element } : element;
const plain = (element: BatchNumber): Element =>
  element.times === 0 && element.photo === 0 ? element.plus : element;

export const sum = (a: Element, b: Element, sign: 1 | -1): Element => {
  const [left, right] = [batch(a), batch(b)];
  return plain({
    times: left.times + sign * right.times,
    photo: left.photo + sign * right.photo,
    plus: left.plus + sign * right.plus,
  });
};

export function product(a: Element, b: Element, context: NodeContext): Element {
  if (isNumber(a) && isNumber(b)) return a * b;
  const [size, factor] = isNumber(a) ? [batch(b), a] : [batch(a), b];
  if (!isNumber(factor)) return context.unsupported("multiplies the length of the batch by itself");
  return plain({ times: size.times * factor, photo: size.photo * factor, plus: size.plus * factor });
}

export function quotient(a: Element, b: Element, _: ElementKind, context: NodeContext): Element {
  if (isNumber(a) && isNumber(b)) return a / b;
  const [size, by] = [batch(a), batch(b)];
  // Both a multiple of the batch: 64 × batch ÷ batch.
  const whole = by.times === 0 ? by.plus : by.times;
  const isMultiple = by.times === 0 || (by.plus === 0 && size.plus === 0);
  if (by.photo !== 0 || !isMultiple || !isDivisible(size, whole))
    return context.unsupported(
      "divides by the length of the batch, or it by a number that may not divide it",
    );
  if (by.times !== 0) return size.times / whole;
  return plain({ times: size.times / whole, photo: 0, plus: size.plus / whole });
}

export const isDivisible = ({ times, photo, plus }: BatchNumber, by: number): boolean =>
  times % by === 0 && photo === 0 && plus % by === 0;

/** What is left of a number of photos when it is divided: nothing, or it is not known. */
export function remainder(a: Element, b: Element, kind: ElementKind, context: NodeContext): Element {
  const isFloat = context.attributes.int("fmod", 0) === 1;
  if (!isNumber(a) && isNumber(b) && isDivisible(a, b)) return 0;
  return numeric(isFloat ? (x, y) => x % y : modulo)(a, b, kind, context);
}

/** Compares by the sign of a − b, which may be the same for every length of the batch. */
export const compared =
  (apply: (sign: number) => boolean): Binary =>
  (a, b, _, context) => {
    const difference = batch(sum(a, b, -1));
    const { times, photo, plus } = difference;
    const least = times + plus;
    const isCertain = photo === 0 && (times === 0 || (times > 0 ? least > 0 : least < 0));
    return isCertain ? Number(apply(least)) : context.unsupported("computes with the length of the batch");
  };

/** Takes two numbers; the batch is no number. */
export const numeric =
  (apply: (a: number, b: number) => number) =>
  (a: Element, b: Element, _: ElementKind, context: NodeContext): Element =>
    isNumber(a) && isNumber(b) ? apply(a, b) : context.unsupported("computes with the length of the batch");

export type Binary = (a: Element, b: Element, kind: ElementKind, context: NodeContext) => Element;

/** The remainder with the sign of the divisor. */
const modulo = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};
