import { expect, it } from "vitest";
import { fallsFurther } from "./falls-further.js";

it.each([200, 259, 300, 1000])(
  "allows each drop of exactly so many of %i photos, and no photo more",
  (photos) => {
    const wrong: (readonly [lost: number, right: number])[] = [];
    for (let lost = 0; lost < photos; lost++)
      for (let right = lost; right <= photos; right += 7) {
        const falls = (by: number) =>
          fallsFurther(
            { before: right / photos, after: (right - by) / photos },
            (100 * lost) / photos,
            photos,
          );
        if (falls(lost) || !falls(lost + 1)) wrong.push([lost, right]);
      }
    expect(wrong).toEqual([]);
  },
);
