import stringWidth from "string-width";
import { expect, it } from "vitest";
import { textWidth } from "./text-width.js";

const codes = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

it("is string-width's of every character near those that are drawn with, among others", () => {
  for (const code of [...codes(0, 0x180), ...codes(0x370, 0x400), ...codes(0x2000, 0x2600)]) {
    const text = `a${String.fromCharCode(code)}b`;
    expect(textWidth(text), code.toString(16)).toBe(stringWidth(text));
  }
});

it.each(["", "━━╸── 96.6%", "\u001b[1mbold\u001b[22m", "🌷🌷", "玫瑰", "e\u0301"])(
  "is string-width's of '%s'",
  (text) => {
    expect(textWidth(text)).toBe(stringWidth(text));
  },
);
