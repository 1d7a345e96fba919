import type { NodeContext } from "./context.js";

/** What Clip keeps numbers between: attributes before opset 11, inputs since; infinite where it has no bound. */
export function clipBounds(context: NodeContext): readonly [low: number, high: number] {
  const { attributes, opset } = context;
  const bound = (name: string, index: number) =>
    opset < 11 ? attributes.float(name, undefined) : context.numbers(index)?.[0];
  return [bound("min", 1) ?? Number.NEGATIVE_INFINITY, bound("max", 2) ?? Number.POSITIVE_INFINITY];
}
