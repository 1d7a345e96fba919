import fc from "fast-check";
import { expect, it } from "vitest";
import { FleuronError } from "../errors.js";
import { decodeSafetensors, encodeSafetensors } from "./index.js";

const tensors = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/),
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  }),
  { selector: ({ name }) => name, maxLength: 5 },
);

const encode = (entries: readonly { readonly name: string; readonly shape: readonly number[] }[]) =>
  encodeSafetensors(
    entries.map(({ name, shape }, index) => ({
      name,
      shape,
      dtype: "F32" as const,
      data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(index),
    })),
  );
const encoded = tensors.map(encode);

it("gives back the names and shapes that were written", () => {
  fc.assert(
    fc.property(tensors, (entries) => {
      const read = decodeSafetensors(encode(entries)).tensors;
      const shapes = Object.fromEntries([...read].map(([name, { shape }]) => [name, [...shape]]));
      expect(shapes).toEqual(Object.fromEntries(entries.map(({ name, shape }) => [name, shape])));
    }),
  );
});

it("refuses changed bytes as a FleuronError, or reads them", () => {
  const changed = fc.record({
    bytes: encoded,
    at: fc.nat(),
    value: fc.integer({ min: 0, max: 255 }),
    cut: fc.nat(),
  });
  fc.assert(
    fc.property(changed, ({ bytes, at, value, cut }) => {
      const damaged = Uint8Array.from(bytes);
      damaged[at % damaged.length] = value;
      try {
        decodeSafetensors(damaged.subarray(0, damaged.length - (cut % 3)));
      } catch (error) {
        expect(error).toBeInstanceOf(FleuronError);
      }
    }),
    { numRuns: 500 },
  );
});
