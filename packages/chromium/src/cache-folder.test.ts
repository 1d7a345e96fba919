import { resolve } from "node:path";
import { expect, it } from "vitest";
import { cacheFolder } from "./cache-folder.js";

it("is FLEURON_CACHE, made absolute", () => {
  expect(cacheFolder({ FLEURON_CACHE: "somewhere" })).toBe(resolve("somewhere"));
});

it("is the user's cache folder when FLEURON_CACHE is unset or empty", () => {
  expect(cacheFolder({ FLEURON_CACHE: "" })).toBe(cacheFolder({}));
  expect(cacheFolder({})).toMatch(/fleuron/);
});
