import {
  add,
  constant,
  divide,
  minimum,
  multiply,
  type NodeBuilder,
  reduceSum,
  sqrt,
  type Tensor,
} from "@fleuron/graph";
import * as v from "valibot";

/** Gradients are scaled down together so that the norm of all of them is at most this; null: never. */
export const clipNormSchema = v.nullable(v.pipe(v.number(), v.gtValue(0)));

/** The gradients, each × min(1, limit ÷ norm of all gradients together) (Pascanu et al. 2013). */
export function clipped(
  builder: NodeBuilder,
  gradients: readonly Tensor[],
  limit: number | null,
): readonly Tensor[] {
  // Where nothing learns there is no norm.
  if (limit === null || gradients.length === 0) return gradients;
  const squares = gradients.map((gradient) =>
    reduceSum(multiply(gradient, gradient), { axes: gradient.shape.map((_, axis) => axis) }),
  );
  const norm = sqrt(squares.reduce(add));
  const factor = minimum(constant(builder, 1), divide(constant(builder, limit), norm));
  return gradients.map((gradient) => multiply(gradient, factor));
}
