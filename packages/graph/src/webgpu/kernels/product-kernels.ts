import { sizeOf } from "@fleuron/model";
import type { Kernel, KernelTensor, Scratch } from "../kernel.js";
import type { Product } from "./product.js";
import { blocksKernel, divideAmongBlocks } from "./product-blocks.js";
import type { ProductForm, ProductSize } from "./product-form.js";
import { divideAmongTiles, tilesKernel } from "./product-tiles.js";

/** The kernels that store a product in `output`: one, or two where its steps are divided. */
export function productKernels(
  product: Product,
  output: KernelTensor,
  { scratch, formOf }: { readonly scratch: Scratch; readonly formOf: (size: ProductSize) => ProductForm },
): readonly Kernel[] {
  const form = formOf(product);
  const division = form === "blocks" ? divideAmongBlocks(product) : divideAmongTiles(product);
  const elements = sizeOf(output.shape);
  const whole = division.parts === 1;
  const results = whole ? output : scratch([division.parts, elements]);
  const place = whole ? product.index : `part * ${elements}u + ${product.index}`;
  const storeElement = (value: string) => `let place = ${place};\n${results.store("place", value)}`;
  const { groups, rows, columns, steps } = product;
  const kernel = {
    ...(form === "blocks"
      ? blocksKernel(product, division, storeElement)
      : tilesKernel(product, form, division, storeElement)),
    operations: 2 * groups * rows * columns * steps,
  };
  return whole ? [kernel] : [kernel, sumOfParts(results, output, division.parts)];
}

/** Adds the parts in one order. */
function sumOfParts(parts: KernelTensor, output: KernelTensor, count: number): Kernel {
  const elements = sizeOf(output.shape);
  const item = `
var sum = 0.0;
for (var part = 0u; part < ${count}u; part++) { sum += ${parts.load(`part * ${elements}u + i`)}; }
${output.store("i", "sum")}`;
  return { work: { items: elements, item } };
}
