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
