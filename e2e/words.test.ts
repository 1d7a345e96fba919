// Words of the house: how its comments begin, and phrases that read as translated.
import { describe, expect, it } from "vitest";
import { sources, textOf } from "./house/sources.js";

const code = sources(/\.(ts|mts|mjs)$/);
const texts = sources(/\.(ts|mts|mjs|md|html|webmanifest)$/).filter((file) => file !== "e2e/words.test.ts");

describe("doc comments", () => {
  it("begin with the thing, not with what it belongs to", () => {
    const begins = /\/\*\*\s+(?:\* )?Of\b/;
    expect(code.length).toBeGreaterThan(900);
    expect(code.filter((file) => begins.test(textOf(file)))).toEqual([]);
  });
});

describe("documents and comments", () => {
  it("say 'reports' or 'warns', not 'is told'; and 'a program that', not 'whoever'", () => {
    const translated = /\b(?:whoever|(?:is|are|be|been|was) told)\b/i;
    const told = texts
      .filter((file) => !file.endsWith(".test.ts"))
      .filter((file) => {
        const text = textOf(file);
        const comments = text.match(/\/\*[\s\S]*?\*\/|\/\/.*$/gm) ?? [];
        return translated.test(/\.(?:md|html)$/.test(file) ? text : comments.join("\n"));
      });
    expect(told).toEqual([]);
  });
});

describe("what people read", () => {
  it.each([
    ["nothing got better", "no improvement since"],
    ["what speaks for", "bright areas favour"],
    ["is told above", "the table shows"],
    ["is told, accuracy is not", "is reported, accuracy is not"],
    ["What runs slowly", "slow runners"],
    ["to learn from, ", "for training"],
    [" held out`", "for validation"],
    ["make the accuracy flatter", "inflate the accuracy"],
    ["tell other classes apart", "have different classes"],
    ["hold out other photos", "used different validation photos"],
    ["gives is not the file", "checksum mismatch"],
    ["is not that file", "checksum mismatch"],
    ["from 0 up to but not 1", "at least 0 and below 1"],
    ["THESE FLOWERS ARE DRAWN", "these pictures are drawings"],
    ["they are no photos", "not photos"],
    ["Delete what is kept", "delete the stored model"],
    ["is on this photo", "is in this photo"],
    ["What had come of", "the partial download of"],
    ["is no bundle`", "is not a bundle"],
    ["once more to quit", "press again to quit"],
    ["steps minutes may pass", "the first steps may take minutes"],
    ["load a smaller precision", "a smaller storage precision"],
    ["These precisions round", "these storage precisions round"],
    ["an export precision", "a storage precision"],
    ["is told by its", "is recognised by its"],
    ["options that cannot be heeded", "options that have no effect"],
    ["goes on as it began", "on resume, only … can change"],
  ])("says no '%s' (but: %s)", (phrase) => {
    expect(texts.filter((file) => inOneLine(textOf(file)).includes(phrase))).toEqual([]);
  });
});

/** The text with strings that go over two lines put together. */
const inOneLine = (text: string): string => text.replace(/["`] \+\s+["`]/g, "").replace(/\s+/g, " ");
