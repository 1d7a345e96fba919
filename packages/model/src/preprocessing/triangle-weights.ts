import type { Span } from "./box.js";

/** Fraction bits of a weight: a weighted sum of 8-bit levels and half a unit stay below 2^31. */
export const WEIGHT_BITS = 32 - 8 - 2;

/** The sources of each output along one axis, and their weights. */
export interface AxisWeights {
  /** Index of the first source of each output. */
  readonly first: Int32Array;
  /** Number of sources of each output. */
  readonly taps: Int32Array;
  /** Weights of output i from i × stride on, in units of 2^-22. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * Weights of the triangle filter, one source pixel wide to either side when it enlarges and one output pixel
 * when it shrinks, normalised to 1 and rounded, in Pillow's arithmetic (Resample.c, precompute_coeffs and
 * normalize_coeffs_8bpc). `length` is the source's; sources beyond the span but within the image count.
 */
export function triangleWeights(length: number, span: Span, count: number): AxisWeights {
  const scale = Math.fround(span.end - span.begin) / count;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(count);
  const taps = new Int32Array(count);
  const weights = new Int32Array(count * stride);
  const exact = new Float64Array(stride);
  const inverseSupport = 1 / support;
  for (let i = 0; i < count; i++) {
    const centre = span.begin + (i + 0.5) * scale;
    const begin = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), length);
    let sum = 0;
    for (let tap = 0; tap < end - begin; tap++) {
      const weight = Math.max(1 - Math.abs((tap + begin - centre + 0.5) * inverseSupport), 0);
      exact[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < end - begin; tap++) {
      weights[i * stride + tap] = 0.5 + (exact[tap]! / sum) * (1 << WEIGHT_BITS);
    }
    first[i] = begin;
    taps[i] = end - begin;
  }
  return { first, taps, weights, stride };
}
