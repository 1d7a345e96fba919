import { expect, it } from "vitest";
import { failureOf } from "./failures.js";

it.each([
  "WebAssembly.instantiate(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script",
  "call to WebAssembly.instantiate() blocked by CSP: Content Security Policy",
])("a policy that forbids WebAssembly is told with what allows it: %s", (reason) => {
  expect(failureOf(new Error(reason), "model.onnx")).toMatchObject({
    code: "model-unusable",
    hint: expect.stringContaining("'wasm-unsafe-eval'"),
  });
});

it("others have no such hint", () => {
  expect(failureOf(new Error("bad model"), "model.onnx").hint).toBeUndefined();
});
