import { firstForms } from "@fleuron/training";
import { expect, it } from "vitest";
import { convolutionForms } from "./convolution-forms.js";

it("are those of the best instructions that a processor has", () => {
  expect(convolutionForms(["avx2", "avx512f"]).kernelGradient).toEqual({ "3": 5, "5": 4, "11/4": 5 });
  expect(convolutionForms(["avx2", "fma"])).toEqual(firstForms);
  expect(convolutionForms([])).toEqual(firstForms);
});
