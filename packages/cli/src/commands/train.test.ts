import { engineNames } from "@fleuron/trainer/node";
import { expect, it } from "vitest";
import { ENGINES } from "./train.js";

it("--engine takes every engine of the trainer", () => {
  expect(ENGINES).toEqual(["auto", ...engineNames]);
});
