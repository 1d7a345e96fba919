// How convolutions are computed on `onnx-cpu`, by kind of processor. A run records its forms: what resumes it
// elsewhere computes as it began.
import { type ConvolutionForms, firstForms } from "@fleuron/training";
import { thisProcessor } from "./surroundings.js";

/**
 * The fastest, as `pnpm bench train --profile --forms` finds them; docs/performance.md has its tables. The first flag that a processor
 * has counts; others compute as AVX2 does.
 */
const byFlag: readonly (readonly [flag: string, forms: ConvolutionForms])[] = [
  ["avx512f", { ...firstForms, kernelGradient: { ...firstForms.kernelGradient, "11/4": 5 } }],
];

/** @param flags of a processor. Default: this machine's. */
export const convolutionForms = (flags: readonly string[] = thisProcessor().flags): ConvolutionForms =>
  byFlag.find(([flag]) => flags.includes(flag))?.[1] ?? firstForms;
