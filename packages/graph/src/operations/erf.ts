import { firstGradient, type Tensor } from "../operation.js";
import { multiply } from "./arithmetic.js";
import { constant } from "./constant.js";
import { unary } from "./elementwise.js";
import { exp } from "./exponentials.js";

const scale = 2 / Math.sqrt(Math.PI);

/** 2/√π × x × e^(−x²) × Σ (2x²)ⁿ ÷ (1 × 3 × … × (2n + 1)), whose terms are all positive (NIST's DLMF, 7.6.2). */
function erfOf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return scale * x * Math.exp(-x * x) * sum;
}

/** The error function, 2/√π × ∫₀ˣ e^(−t²) dt (ONNX Erf, opset 13). */
export const erfOperation = unary("erf", erfOf, (context) => {
  const [x] = context.inputs;
  const number = (value: number) => constant(x.builder, value);
  const slope = multiply(exp(multiply(multiply(x, x), number(-1))), number(scale));
  return [multiply(firstGradient(context), slope)];
});

export const erf = (x: Tensor): Tensor => x.builder.apply(erfOperation, [x], {})[0];
