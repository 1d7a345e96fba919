import { expect, it } from "vitest";
import { isTemporary, temporaryBeside } from "./temporary.js";

it("is another name each time, and is known by it", () => {
  const [one, other] = [temporaryBeside("a/b.txt"), temporaryBeside("a/b.txt")];
  expect(one).not.toBe(other);
  expect([one, other].map(isTemporary)).toEqual([true, true]);
  expect(one.startsWith("a/b.txt.")).toBe(true);
});

it.each(["a.txt", "a.tmp", "a.tmp-mine", "bundle.tmp-17-0123abcd-0123abcd"])("is not %s", (name) => {
  expect(isTemporary(name)).toBe(false);
});
