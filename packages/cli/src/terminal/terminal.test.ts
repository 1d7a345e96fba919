import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { textOutput } from "../fixtures/text-output.js";
import { bar } from "./bar.js";
import { colours } from "./colours.js";
import { duration } from "./duration.js";
import { fit } from "./fit.js";
import { coloursOf, isTerminal, widthOf, writeLine } from "./output.js";
import { pairLines } from "./pairs.js";
import { rankedTable } from "./ranked-table.js";
import { createScreen } from "./screen.js";
import { table } from "./table.js";

const plain = colours(false);

describe("duration", () => {
  it.each([
    [0, "0.0s"],
    [4.21, "4.2s"],
    [9.97, "10s"],
    [59.4, "59s"],
    [59.6, "1m 00s"],
    [185, "3m 05s"],
    [3599.7, "1h 00m"],
    [9660, "2h 41m"],
    [86_399, "1d 00h"],
    [97_200, "1d 03h"],
    [Number.POSITIVE_INFINITY, "?"],
  ])("says %f seconds as %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe("bar", () => {
  it("fills in halves of a character", () => {
    expect(bar(0, 4, plain)).toBe("────");
    expect(bar(0.375, 4, plain)).toBe("━╸──");
    expect(bar(1, 4, plain)).toBe("━━━━");
  });
  it("stays within its width for shares outside 0 to 1", () => {
    expect([bar(-1, 3, plain), bar(7, 3, plain)]).toEqual(["───", "━━━"]);
  });
});

describe("table", () => {
  const columns = [
    { heading: "class", align: "left" },
    { heading: "photos", align: "right" },
  ] as const;
  it("aligns words to the left and numbers to the right", () => {
    const rows = [
      ["daisy", "12"],
      ["sunflowers", "1,234,567"],
    ];
    expect(table({ columns, rows, heading: (line) => line })).toEqual([
      "class          photos",
      "daisy              12",
      "sunflowers  1,234,567",
    ]);
  });
  it("counts columns of the terminal: wide letters are two, colours none", () => {
    const rows = [
      ["ひまわり", "1"],
      [colours(true).bold("daisy"), "2"],
    ];
    expect(table({ columns, rows, heading: (line) => line }).slice(1)).toEqual([
      "ひまわり       1",
      "\u001b[1mdaisy\u001b[22m          2",
    ]);
  });
});

describe("fit", () => {
  const parts = [
    { text: "epoch", rank: 0 },
    { text: "bar", rank: 2 },
    { text: "loss", rank: 1 },
  ];
  it("leaves out what matters least until the line fits", () => {
    expect([16, 15, 11, 1].map((width) => fit(parts, width))).toEqual([
      "epoch  bar  loss",
      "epoch  loss",
      "epoch  loss",
      "epoch",
    ]);
  });
});

describe("an output", () => {
  afterEach(() => vi.unstubAllEnvs());
  const terminal = textOutput({ isTTY: true, columns: 100 });
  const coloured = (output: typeof terminal) => coloursOf(output).bold("x") !== "x";

  it("has colours and a width on a terminal alone", () => {
    vi.stubEnv("TERM", "xterm");
    vi.stubEnv("NO_COLOR", undefined);
    expect([coloured(terminal), widthOf(terminal)]).toEqual([true, 100]);
    expect([coloured(textOutput()), widthOf(textOutput())]).toEqual([false, Number.POSITIVE_INFINITY]);
  });
  it("has no colours under NO_COLOR", () => {
    vi.stubEnv("TERM", "xterm");
    vi.stubEnv("NO_COLOR", "1");
    expect([isTerminal(terminal), coloured(terminal)]).toEqual([true, false]);
  });
  it("is no terminal to draw on when TERM is dumb", () => {
    vi.stubEnv("TERM", "dumb");
    expect(isTerminal(terminal)).toBe(false);
  });
});

describe("a line", () => {
  const written = (line: string, columns: number, isTTY = true) => {
    const output = textOutput({ isTTY, columns });
    writeLine(output, line);
    return output.text();
  };
  it("that is wider than the terminal is broken between words, the rest under its beginning", () => {
    expect(written("  one two three", 9)).toBe("  one two\n  three\n");
    expect(written("  one two three", 15)).toBe("  one two three\n");
  });
  it("keeps paths whole, and lines whole where nobody reads at a terminal", () => {
    expect(written("in /a/long/path now", 9)).toBe("in\n/a/long/path\nnow\n");
    expect(written("  one two three", 9, false)).toBe("  one two three\n");
  });
});

describe("the screen", () => {
  const status = (n: number) => ({ drawn: `drawn ${n}`, plain: `plain ${n}` });

  it("prints plain lines every half minute where nothing can be redrawn", () => {
    let time = 0;
    const output = textOutput();
    const screen = createScreen(output, () => time);
    for (const seconds of [1, 29, 30, 31, 59, 60]) {
      time = seconds * 1000;
      screen.show(status(seconds));
    }
    screen.clear();
    expect(output.text()).toBe("plain 30\nplain 60\n");
  });

  it("redraws one line on a terminal, below the lines that stay", () => {
    vi.stubEnv("TERM", "xterm");
    onTestFinished(() => void vi.unstubAllEnvs());
    let time = 0;
    const output = textOutput({ isTTY: true, columns: 80 });
    const screen = createScreen(output, () => time);
    screen.show(status(1));
    time = 10;
    screen.show(status(2));
    time = 200;
    screen.show(status(3));
    screen.print("stays");
    const text = output.text();
    expect(text).toContain("drawn 1");
    expect(text).not.toContain("drawn 2");
    expect(text).not.toContain("plain");
    expect(text.indexOf("drawn 3", text.indexOf("stays"))).toBeGreaterThan(0);
  });
});

describe("a ranked table", () => {
  const columns = [
    { heading: "run", align: "left", rank: 0, cell: (row: string, index: number) => `${index + 1} ${row}` },
    { heading: "recipe", align: "left", rank: 2, cell: () => "modern" },
    { heading: "best", align: "right", rank: 1, cell: () => "89.3%" },
  ] as const;
  const at = (width: number) => rankedTable(columns, ["a"], { colours: colours(false), width });
  it("leaves out the columns that matter least until it fits", () => {
    expect(at(18)).toEqual(["run  recipe   best", "1 a  modern  89.3%"]);
    expect(at(17)).toEqual(["run   best", "1 a  89.3%"]);
    expect(at(9)).toEqual(["run", "1 a"]);
    expect(at(1)).toEqual(["run", "1 a"]);
  });
  it("breaks long texts before it leaves out a column, between words where there are any", () => {
    const lines = (width: number) =>
      rankedTable(columns, ["a name of several words", "x".repeat(30)], { colours: colours(false), width });
    expect(lines(35)).toEqual([
      "run                   recipe   best",
      "1 a name of several   modern  89.3%",
      "words",
      "2                     modern  89.3%",
      `${"x".repeat(20)}`,
      `${"x".repeat(10)}`,
    ]);
    for (const width of [10, 20, 30, 40]) {
      for (const line of lines(width)) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

describe("pairs of a text and its meaning", () => {
  const pairs = [
    ["pnpm train", "on photos of flowers that are fetched once"],
    ["pnpm train --resume", "goes on"],
  ] as const;
  it("stand beside each other, the meaning wrapped", () => {
    expect(pairLines(pairs, 54)).toEqual([
      "  pnpm train           on photos of flowers that are",
      "                       fetched once",
      "  pnpm train --resume  goes on",
    ]);
  });
  it("stand below each other where the meaning would have no room", () => {
    expect(pairLines(pairs, 40)).toEqual([
      "  pnpm train",
      "      on photos of flowers that are",
      "      fetched once",
      "  pnpm train --resume",
      "      goes on",
    ]);
  });
});
