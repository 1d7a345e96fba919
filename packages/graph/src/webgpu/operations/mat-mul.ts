import { sizeOf } from "@fleuron/model";
import { leadingAxes } from "../../shapes.js";
import type { Shape } from "../../types.js";
import { broadcastIndex } from "../indices.js";
import type { Product } from "../kernels/product.js";
import { productKernels } from "../kernels/product-kernels.js";
import type { Lowering } from "../lowering.js";

export const matMul: Lowering<"matMul"> = {
  kernels({ inputs: [a, b], outputs: [y], attributes: { transposeA, transposeB }, scratch, formOf }) {
    const [rows, columns] = y.shape;
    const steps = a.shape[transposeA ? 0 : 1];
    const product: Product = {
      groups: 1,
      rows,
      columns,
      steps,
      leftBeside: transposeA ? "rows" : "steps",
      rightBeside: transposeB ? "steps" : "columns",
      columnPlace: "vec3u(column, 0u, 0u)",
      stepPlace: "vec3u(step, 0u, 0u)",
      left: a.load(transposeA ? `step * ${rows}u + row` : `row * ${steps}u + step`),
      right: `return ${b.load(transposeB ? `c.x * ${steps}u + s.x` : `s.x * ${columns}u + c.x`)};`,
      index: `row * ${columns}u + column`,
    };
    return productKernels(product, y, { scratch, formOf });
  },
};

/** A matrix that all share is one product with the rows of all of them. */
export const batchMatMul: Lowering<"batchMatMul"> = {
  kernels({ inputs: [a, b], outputs: [y], scratch, formOf }) {
    const [leading, columns, steps] = [leadingAxes(y.shape), y.shape.at(-1)!, a.shape.at(-1)!];
    const shared = sizeOf(leadingAxes(b.shape)) === 1;
    const groups = shared ? 1 : sizeOf(leading);
    const rows = sizeOf(y.shape) / columns / groups;
    const matrix = (shape: Shape<number>) =>
      shared ? "0u" : `(${broadcastIndex(leadingAxes(shape), leading, "group")})`;
    const product: Product = {
      groups,
      rows,
      columns,
      steps,
      leftBeside: "steps",
      rightBeside: "columns",
      columnPlace: "vec3u(column, 0u, 0u)",
      stepPlace: "vec3u(step, 0u, 0u)",
      left: a.load(`(${matrix(a.shape)} * ${rows}u + row) * ${steps}u + step`),
      right: `return ${b.load(`(${matrix(b.shape)} * ${steps}u + s.x) * ${columns}u + c.x`)};`,
      index: `(group * ${rows}u + row) * ${columns}u + column`,
    };
    return productKernels(product, y, { scratch, formOf });
  },
};
