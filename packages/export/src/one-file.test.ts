import { expect, it } from "vitest";
import { requireOneFile } from "./one-file.js";

it("refuses what is too large for one ONNX file, by the bits that each parameter takes", () => {
  const kernel = { shape: [600_000, 1000], fewestBits: 8 } as const;
  expect(() => requireOneFile("float32", [kernel])).toThrow(
    "The weights take 2.4 GB in float32, and an ONNX file holds 2 GB at most.",
  );
  expect(() => requireOneFile("int4", [kernel, kernel, kernel])).not.toThrow();
  expect(() => requireOneFile("int4", [kernel, kernel, kernel, kernel])).toThrow("2.4 GB in int4");
});
