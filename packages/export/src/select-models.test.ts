import { expect, it } from "vitest";
import { formats } from "./formats/index.js";
import { selectModels } from "./select-models.js";

const names = (choices: ReturnType<typeof selectModels>["selected"]) =>
  choices.map(({ format, precision }) => `${format.name} ${precision}`);

it("takes each format at each precision, once", () => {
  const { selected, skipped } = selectModels("onnx", ["float32", "float32"]);
  expect(names(selected)).toEqual(["onnx float32"]);
  expect(skipped).toEqual([]);
});

it("takes every format for 'all'", () => {
  expect(names(selectModels("all", ["float32"]).selected)).toEqual(
    formats.map(({ name }) => `${name} float32`),
  );
});
