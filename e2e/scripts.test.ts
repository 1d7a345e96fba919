// What scripts have in common.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeIn, replaceBetween } from "../scripts/between-marks.mjs";
import { makeWhole } from "../scripts/check-runtimes/make-whole.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fleuron-scripts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("words between two marks", () => {
  const marks = ["<begin>", "<end>"] as const;

  it("are replaced, and nothing else", () => {
    const document = "<end> before <begin>old<end> after <end>";
    expect(replaceBetween(document, marks, "new", "x.md")).toBe("<end> before <begin>new<end> after <end>");
  });

  it.each(["no marks", "<begin> alone", "alone <end>", "<end> turned <begin>"])(
    "have no place in '%s', which stays as it is",
    (document) => {
      const file = join(folder, "x.md");
      writeFileSync(file, document);
      expect(() => placeIn(file, marks)).toThrow("x.md has no place for this: '<begin>' and, below it");
      expect(readFileSync(file, "utf8")).toBe(document);
    },
  );

  it("come into the document as it is when they are written", () => {
    const file = join(folder, "x.md");
    writeFileSync(file, "<begin>old<end>");
    const write = placeIn(file, marks);
    writeFileSync(file, "meanwhile <begin>old<end>");
    write("new");
    expect(readFileSync(file, "utf8")).toBe("meanwhile <begin>new<end>");
  });
});

describe("what is made once", () => {
  const file = () => join(folder, "made/file");
  const make = (text: string) => {
    mkdirSync(join(folder, "made"));
    writeFileSync(file(), text);
    return undefined;
  };

  it("is made anew where an interruption left a part of it", async () => {
    make("a part");
    expect(await makeWhole(join(folder, "made"), () => make("whole"))).toBeUndefined();
    expect(readFileSync(file(), "utf8")).toBe("whole");
    await makeWhole(join(folder, "made"), () => make("again"));
    expect(readFileSync(file(), "utf8")).toBe("whole");
  });

  it("is not there where it failed", async () => {
    const failing = () => make("a part") ?? "no room";
    expect(await makeWhole(join(folder, "made"), failing)).toBe("no room");
    expect(existsSync(file())).toBe(false);
    const throwing = () => Promise.reject(new Error(make("a part") ?? "no room"));
    await expect(makeWhole(join(folder, "made"), throwing)).rejects.toThrow("no room");
    await makeWhole(join(folder, "made"), () => make("whole"));
    expect(readFileSync(file(), "utf8")).toBe("whole");
  });
});
