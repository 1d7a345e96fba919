// Mean and principal components of photos' colours, over all their pixels.
import type { RgbImage } from "@fleuron/model";
import * as v from "valibot";
import { eigenvectors, type Matrix3, type Rgb } from "./eigenvectors.js";

export type { Rgb };

const finite = v.pipe(v.number(), v.finite());

/** Red, green and blue. */
export const rgbSchema = v.pipe(v.strictTuple([finite, finite, finite]), v.readonly());

/** In levels ÷ 255. */
export const photoColoursSchema = v.strictObject({
  mean: rgbSchema,
  /** The principal components of the covariance of red, green and blue, the largest variance first; directions have length 1. */
  components: v.pipe(v.array(v.strictObject({ variance: finite, direction: rgbSchema })), v.readonly()),
});

export type PhotoColours = Readonly<v.InferOutput<typeof photoColoursSchema>>;

/** Sums are whole numbers below 2^53 for a hundred thousand megapixels, so that no order changes the result. */
export class ColourMeter {
  #pixels = 0;
  readonly #sums = new Float64Array(3);
  /** Sums of the products rr, rg, rb, gg, gb, bb. */
  readonly #products = new Float64Array(6);

  add({ data }: RgbImage): void {
    let [r, g, b, rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let at = 0; at < data.length; at += 3) {
      const red = data[at]!;
      const green = data[at + 1]!;
      const blue = data[at + 2]!;
      r += red;
      g += green;
      b += blue;
      rr += red * red;
      rg += red * green;
      rb += red * blue;
      gg += green * green;
      gb += green * blue;
      bb += blue * blue;
    }
    this.#pixels += data.length / 3;
    for (const [index, sum] of [r, g, b].entries()) this.#sums[index]! += sum;
    for (const [index, sum] of [rr, rg, rb, gg, gb, bb].entries()) this.#products[index]! += sum;
  }

  get colours(): PhotoColours {
    const mean = (sum: number) => sum / this.#pixels;
    const [r, g, b] = Array.from(this.#sums, mean) as [r: number, g: number, b: number];
    const [rr, rg, rb, gg, gb, bb] = Array.from(this.#products, mean) as [
      rr: number,
      rg: number,
      rb: number,
      gg: number,
      gb: number,
      bb: number,
    ];
    const covariance: Matrix3 = [
      [rr - r * r, rg - r * g, rb - r * b],
      [rg - r * g, gg - g * g, gb - g * b],
      [rb - r * b, gb - g * b, bb - b * b],
    ];
    return {
      mean: [r / 255, g / 255, b / 255],
      components: eigenvectors(covariance).map(({ value, vector }) => ({
        variance: value / 255 ** 2,
        direction: vector,
      })),
    };
  }
}
