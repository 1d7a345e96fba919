import { expect, it } from "vitest";
import { sandboxWorks } from "./sandbox.js";

const works = { origin: "installed", isRoot: false, isContainer: false } as const;

it("is used for a browser of the system that a user starts", () => {
  expect(sandboxWorks(works)).toBe(true);
});

it.each([
  ["root", { ...works, isRoot: true }],
  ["a container", { ...works, isContainer: true }],
  ["the packaged browser", { ...works, origin: "packaged" as const }],
])("is left out for %s", (_name, circumstances) => {
  expect(sandboxWorks(circumstances)).toBe(false);
});
