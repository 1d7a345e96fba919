// Functions that WGSL lacks, or has with too few digits, for expressions to call.
import { float } from "./wgsl.js";

/** A polynomial by Horner's rule, the highest coefficient first. */
const polynomial = (coefficients: readonly number[], x: string): string =>
  coefficients.slice(1).reduce((text, c) => `(${text} * ${x} + ${float(c)})`, float(coefficients[0]!));

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** 2/√π × (−1)ⁿ ÷ (n! (2n + 1)): erf(x) = x × Σ of these × x²ⁿ (NIST's DLMF, 7.6.1). */
const erfSeries = Array.from(
  { length: 10 },
  (_, n) => ((2 / Math.sqrt(Math.PI)) * (-1) ** n) / (factorial(n) * (2 * n + 1)),
);

/** The logarithm of erfc(x) ÷ t, plus x², where t = 1 ÷ (1 + x/2) (Press et al., Numerical Recipes, 6.2: to 1.2e-7). */
const erfcExponent = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
  1.00002368, -1.26551223,
];

/** What WGSL leaves undefined, as of powers of negative numbers, or lets overflow, as of tanh, is defined here. */
const functions: Readonly<Record<string, string>> = {
  erf: `
fn erf(x: f32) -> f32 {
  let square = x * x;
  if (square < 1.0) { return x * ${polynomial(erfSeries.toReversed(), "square")}; }
  let t = 1.0 / (1.0 + 0.5 * abs(x));
  return sign(x) * (1.0 - t * exp(max(${polynomial(erfcExponent, "t")} - square, -80.0)));
}`,
  // Below 1, Lambert's continued fraction (NIST's DLMF, 4.39.1), down to its seventh term.
  hyperbolicTangent: `
fn hyperbolicTangent(x: f32) -> f32 {
  let square = x * x;
  if (square < 1.0) {
    return x * ${polynomial([1, 378, 17325, 135135], "square")} / ${polynomial([28, 3150, 62370, 135135], "square")};
  }
  return sign(x) * (1.0 - 2.0 / (exp(2.0 * min(abs(x), 20.0)) + 1.0));
}`,
  // WGSL refuses a constant NaN: its bits are set in those of a number.
  power: `
fn power(a: f32, b: f32) -> f32 {
  if (b == 0.0) { return 1.0; }
  if (a >= 0.0) { return pow(a, b); }
  if (floor(b) != b) { return bitcast<f32>(bitcast<u32>(a) | 0x7fc00000u); }
  return select(1.0, -1.0, fract(0.5 * b) != 0.0) * pow(-a, b);
}`,
  sigmoid: `
fn sigmoid(x: f32) -> f32 {
  return 1.0 / (1.0 + exp(min(-x, 80.0)));
}`,
};

/** Those of the functions that the text of a kernel calls. */
export const functionsCalledIn = (text: string): string =>
  Object.entries(functions)
    .filter(([name]) => new RegExp(`\\b${name}\\(`).test(text))
    .map(([, body]) => `${body}\n`)
    .join("");
