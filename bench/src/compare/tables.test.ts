import { describe, expect, it } from "vitest";
import type { Contender } from "./contenders.js";
import { hasBfloat16 } from "./machine.js";
import type { Outcome } from "./rounds.js";
import { type Absence, type Comparison, summarise } from "./summarise.js";
import { asMarkdown, asText } from "./table.js";
import { tableOf } from "./tables.js";
import { replaceMarked } from "./write-into.js";

const contender = (name: string): Contender => ({ name, precision: "float32", program: "" });
const [ours, base, absent] = [contender("ours"), contender("base"), contender("absent")];
const measured = (steps: readonly number[]): Outcome => ({
  status: "measured",
  steps,
  peakRssBytes: 2.5e9,
  versions: { library: "1.2" },
});
const outcomes = new Map<Contender, Outcome | Absence>([
  [ours, measured([200, 400, 1000])],
  [base, measured([100, 100, 2000])],
  [absent, { status: "not installed", reason: "pip install it" }],
]);
const settings = { baseline: base, batchSize: 32 };
const compared = summarise([ours, base, absent], outcomes, settings);
const comparison: Comparison = {
  machine: { cpu: "A CPU", cores: 2, extensions: ["avx2"], memoryBytes: 8e9, node: "20.19.0" },
  loadAverage: 0.25,
  settings: { step: "modern", threads: 2, batchSize: 32, steps: 3, warmUp: 2 },
  baseline: "base (float32)",
  contenders: compared,
};

describe("a comparison", () => {
  it("takes medians and minima, and the ratio round by round", () => {
    expect(compared[0]).toMatchObject({ medianMs: 400, minimumMs: 200, imagesPerSecond: 80, speed: 0.5 });
    expect(compared[1]).toMatchObject({ medianMs: 100, speed: 1 });
  });

  it("takes the mean of the two in the middle as the median of an even number of steps", () => {
    const [even] = summarise([ours], new Map([[ours, measured([1, 9, 4, 2])]]), settings);
    expect(even).toMatchObject({ medianMs: 3 });
  });

  it("has no ratio where the baseline was not measured", () => {
    const [alone] = summarise([ours], new Map([[ours, measured([1])]]), settings);
    expect(alone).toMatchObject({ status: "measured", speed: null });
  });

  it("is a table in which what is missing has its reason", () => {
    const lines = asText(tableOf(comparison)).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "who     compute precision  median ms  fastest ms  images/s  speed  peak memory",
      "ours    float32                  400         200      80.0   0.50      2.50 GB",
      "base    float32                  100         100     320.0   1.00      2.50 GB",
      "absent  float32            not installed: pip install it",
    ]);
    expect(asText(tableOf(comparison))).toMatch(/A CPU, 2 cores \(avx2\)[\s\S]*node 20.19.0, library 1.2/);
    expect(asText(tableOf(comparison))).toContain(
      "After the gradients: SGD with Nesterov momentum 0.9, weight decay 0.0005, gradients clipped to a norm of 5.",
    );
  });

  it("is a Markdown table with as many cells in each row", () => {
    const rows = asMarkdown(tableOf(comparison)).split("\n").slice(0, 5);
    expect(rows.map((row) => row.split("|").length)).toEqual([9, 9, 9, 9, 9]);
  });

  it("replaces what stood between the marks of a command in a document and nothing else", () => {
    const plain = ["<!-- bench train --compare: begin -->", "<!-- bench train --compare: end -->"];
    const marks = plain.map((mark) => mark.replace("compare", "compare --step modern"));
    const around = `${plain[0]}\nplain\n${plain[1]}\nbefore\n`;
    const document = `${around}${marks[0]}\nold\n${marks[1]}\nafter\n`;
    const once = replaceMarked(document, "train --compare --step modern", "new\n", "x.md");
    expect(once).toBe(`${around}${marks[0]}\n\nnew\n\n${marks[1]}\nafter\n`);
    expect(replaceMarked(once, "train --compare --step modern", "new\n", "x.md")).toBe(once);
    expect(() => replaceMarked("no marks", "train --compare", "new", "x.md")).toThrow(/'x.md' has no place/);
  });
});

describe("bfloat16", () => {
  it.each([
    [["avx2", "fma"], false],
    [["avx512f", "avx512_bf16"], true],
    [["amx_bf16"], true],
    [undefined, undefined],
  ])("with %j: %s", (extensions, expected) => {
    expect(hasBfloat16({ extensions })).toBe(expected);
  });
});
