import { describe, expect, it } from "vitest";
import { textOutput } from "../fixtures/text-output.js";
import { colours } from "./colours.js";
import { writeLine } from "./output.js";
import { messageLines, visible, visibleJson, visibleLine } from "./visible.js";

const RAISED = "\u001b[2J\u001b]0;title\u0007rose\r\nerror: forged\u202e";

describe("a line", () => {
  it("keeps our colours and shows everything else that would steer a terminal", () => {
    expect(visibleLine(colours(true).bold("rose\u001b[2J"))).toBe("\u001b[1mrose␛[2J\u001b[22m");
    expect(visibleLine(RAISED)).toBe("␛[2J␛]0;title␇rose␍␊error: forged<U+202E>");
  });
  it("is one line, wherever its text comes from", () => {
    const output = textOutput();
    writeLine(output, "a\nb\u001b[1A");
    expect(output.text()).toBe("a␊b␛[1A\n");
  });
});

it("shows every text of a value, colours too, and leaves the rest", () => {
  const row = new Float32Array(2);
  const value = { label: "a\u001b[8m", rows: [["b\r", 1]], "k\u0007": null, row, at: new Date(0) };
  expect(visible(value)).toEqual({
    label: "a␛[8m",
    rows: [["b␍", 1]],
    "k␇": null,
    row,
    at: new Date(0),
  });
});

it("writes JSON of the same value with nothing in it that is not seen", () => {
  const value = { label: `${RAISED}\u009b1m\u007f\u2028` };
  const line = visibleJson(value);
  expect(JSON.parse(line)).toEqual(value);
  expect([...line].every((character) => character === visibleLine(character))).toBe(true);
});

it("indents the further lines of a message, so that none passes for one of ours", () => {
  expect(messageLines("first\nerror: second\u001b[2J\r\nthird\n")).toEqual([
    "first",
    "  error: second␛[2J",
    "  third",
  ]);
});
