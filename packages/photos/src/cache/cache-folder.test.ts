import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { entryFile, pixelFolder, storageFolder } from "./cache-folder.js";

afterEach(() => vi.unstubAllEnvs());

it("takes the given folder, else FLEURON_CACHE, else the user's cache", () => {
  vi.stubEnv("FLEURON_CACHE", path.resolve("/from/environment"));
  expect(pixelFolder(path.resolve("/given"))).toBe(path.resolve("/given/pixels"));
  expect(pixelFolder()).toBe(path.resolve("/from/environment/pixels"));
  vi.stubEnv("FLEURON_CACHE", "");
  expect(pixelFolder()).toMatch(/fleuron.*pixels$/);
});

it("keeps stored forms apart, and the photos of one form by their files' hashes", () => {
  const squash = storageFolder("/pixels", { kind: "squash", size: 227, filter: "nearest" });
  const shorter = storageFolder("/pixels", { kind: "shorter-side", pixels: 227, filter: "nearest" });
  expect(squash).not.toBe(shorter);
  expect(entryFile(squash, "abcdef")).toBe(path.join(squash, "ab", "cdef.rgb"));
});
