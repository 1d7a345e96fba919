import { expect, it } from "vitest";
import { networkOf, optionsOf } from "./beginning.js";

const counts = { photos: 60, classes: 3 };
const file = new File(["network"], "network.onnx");
const { signal } = new AbortController();

it("a head learns on a network of the page or of a file, whose inputs are as was said", async () => {
  const own = { name: "alexnet", bytes: 7, fetch: async () => ({ "model.onnx": file }) };
  expect(optionsOf({ from: "own", own }, counts)).toEqual({ recipe: "head", epochs: 30 });
  expect(await networkOf({ from: "own", own }, signal)).toEqual({ "model.onnx": file });
  const said = { from: "file", file, levels: "said" } as const;
  expect(optionsOf(said, counts)).toEqual({ recipe: "head", epochs: 30 });
  expect(optionsOf({ ...said, levels: "-1..1" }, counts)).toMatchObject({ preprocessing: "-1..1" });
  expect(await networkOf(said, signal)).toBe(file);
});

it("from scratch a network of the chosen size learns, for longer", async () => {
  const options = optionsOf({ from: "scratch", size: "quick" }, counts);
  expect(options).toMatchObject({ recipe: "quick", width: 0.1 });
  expect(options.epochs).toBeGreaterThan(30);
  expect(await networkOf({ from: "scratch", size: "quick" }, signal)).toBeUndefined();
});
