import { describe, expect, it } from "vitest";
import { shellWord, shownPath } from "./paths.js";

describe("a path as it is shown", () => {
  it("is relative to where the reader is, unless that leads upwards", () => {
    expect(["/work/runs/a", "/elsewhere/a", "/work"].map((path) => shownPath(path, "/work"))).toEqual([
      "runs/a",
      "/elsewhere/a",
      "/work",
    ]);
  });
  it("is visible", () => expect(shownPath("/work/a\u001b[2J\n", "/work")).toBe("a␛[2J␊"));
});

describe("a word for the shell", () => {
  it.each([
    ["runs/a-1", "runs/a-1"],
    ["my runs/a", "'my runs/a'"],
    ["it's", "'it'\\''s'"],
    ["runs\\a", "'runs\\a'"],
  ])("%s is %s in a POSIX shell", (text, word) => expect(shellWord(text, "linux")).toBe(word));
  it.each([
    ["runs\\a-1", "runs\\a-1"],
    ["C:\\my runs\\a", '"C:\\my runs\\a"'],
  ])("%s is %s in one of Windows", (text, word) => expect(shellWord(text, "win32")).toBe(word));
});
