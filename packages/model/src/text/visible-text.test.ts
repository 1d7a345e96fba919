import { describe, expect, it } from "vitest";
import { visibleText } from "./visible-text.js";

describe("visible text", () => {
  it.each([
    ["an escape sequence", "\u001b[2Jrose", "␛[2Jrose"],
    ["line ends and tabs", "rose\r\ndaisy\t1", "rose␍␊daisy␉1"],
    ["null and delete", "\0rose\u007f", "␀rose␡"],
    ["the second set of controls", "\u009b31mrose\u0085", "<U+009B>31mrose<U+0085>"],
    ["separators of lines and paragraphs", "a\u2028b\u2029c", "a<U+2028>b<U+2029>c"],
    ["marks that reorder", "\u202egpj.esor\u202c", "<U+202E>gpj.esor<U+202C>"],
  ])("shows %s", (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it("shows every control of direction", () => {
    const marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    expect(visibleText(marks)).toMatch(/^(<U\+[0-9A-F]{4}>){12}$/);
  });

  it.each(["daisy", "Gänseblümchen", "ひまわり", "ورد", "👩‍🌾", "a b", "~!<b>"])(
    "leaves %s as it is",
    (text) => {
      expect(visibleText(text)).toBe(text);
    },
  );
});
