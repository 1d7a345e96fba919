import { expect, it } from "vitest";
import { defaultRunFolder } from "./default-run-folder.js";

it("names a run after its recipe and the local time", () => {
  const start = new Date(2026, 0, 2, 3, 4, 5);
  expect(defaultRunFolder("runs", "notebook", start)).toBe("runs/notebook-20260102-030405");
});
