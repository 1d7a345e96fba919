import fc from "fast-check";
import { expect, it } from "vitest";
import { flattened, type Layout, permuted, physicalShape, reshapedLayout, rowMajor } from "./layout.js";

/** The elements as they lie in memory, each by its place in row-major order. */
function memoryOf(layout: Layout): readonly number[] {
  const { lengths, order } = flattened(layout);
  const numbers = lengths.map(Number);
  const strides = numbers.map((_, at) => numbers.slice(at + 1).reduce((a, b) => a * b, 1));
  return order.reduce<readonly number[]>(
    (places, index) =>
      places.flatMap((place) =>
        Array.from({ length: numbers[index] ?? 1 }, (_, step) => place + step * (strides[index] ?? 0)),
      ),
    [0],
  );
}

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const layouts = shapes.chain((shape) =>
  fc
    .shuffledSubarray(
      shape.map((_, axis) => axis),
      { minLength: shape.length },
    )
    .map((axes) => ({ shape, layout: permuted(shape, axes) })),
);

it("is a permutation of the elements, as long as its physical shape", () => {
  fc.assert(
    fc.property(layouts, ({ shape, layout }) => {
      const places = memoryOf(layout);
      expect([...places].sort((a, b) => a - b)).toEqual(memoryOf(rowMajor(shape)));
      expect(physicalShape(layout).reduce<number>((a, b) => a * Number(b), 1)).toBe(places.length);
    }),
  );
});

it("stays the same memory under another shape, where it can be seen so", () => {
  const merges = layouts.chain(({ shape, layout }) =>
    fc.integer({ min: 0, max: shape.length - 1 }).map((first) => ({
      layout,
      shape: [...shape.slice(0, first), shape.slice(first).reduce((a, b) => a * b, 1)],
    })),
  );
  fc.assert(
    fc.property(merges, ({ layout, shape }) => {
      const reshaped = reshapedLayout(layout, shape);
      if (reshaped) expect(memoryOf(reshaped)).toEqual(memoryOf(layout));
    }),
  );
});
