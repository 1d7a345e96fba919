// Everything that the libraries call by its name can be typed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { describe, expect, it } from "vitest";
import { idleContext } from "../fixtures/idle-context.js";
import { createProgram } from "../program.js";
import { allAsTyped, asTyped } from "./as-typed.js";

describe("a library's text", () => {
  it("has flags for its options, and commands for its functions", () => {
    expect(asTyped("Try a smaller `imageSize`, `batchSize` or `width`.")).toBe(
      "Try a smaller --image-size, --batch-size or --width.",
    );
    expect(asTyped("Start one with `train`, or write it again with `writeBundle`.")).toBe(
      "Start one with pnpm train, or write it again with pnpm export.",
    );
    expect(asTyped("`installEngine` tfjs-node")).toBe("pnpm fleuron engine install tfjs-node");
    expect(asTyped("The option 'batchSize' must be a positive integer, but is 2.5.")).toBe(
      "The option '--batch-size' must be a positive integer, but is 2.5.",
    );
    expect(asTyped("The class 'data' is empty.")).toBe("The class 'data' is empty.");
  });

  it("has them wherever it stands in plain data", () => {
    expect(allAsTyped({ engines: [{ works: true, hint: "`out`" }], none: null })).toEqual({
      engines: [{ works: true, hint: "--out" }],
      none: null,
    });
  });
});

const packages = join(import.meta.dirname, "../../..");
/** Those that a command line uses: what pages are told is typed nowhere. */
const libraries = readdirSync(packages).filter((name) => !/^(?:cli|testing|.*-web)$/.test(name));
const sources = libraries.flatMap((name) =>
  readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|\bfixtures\b/.test(file))
    .map((file) => readFileSync(join(packages, name, "src", file), "utf8")),
);
const texts = sources.flatMap(stringsOf);

/** Texts for people in a source: what stands in quotes or backticks, of more than one word. */
function stringsOf(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return (code.match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? []).filter((text) => text.includes(" "));
}

describe("libraries", () => {
  it("name no flags and no commands of the command line", () => {
    expect(texts.length).toBeGreaterThan(1000);
    // Variables of style sheets look alike, and a package manager installs a browser.
    const others = /var\(--|--\w+: #|brew install/;
    const ours = texts.filter((text) => /(^|[\s"'`(])--[a-z]|\bpnpm |\bfleuron [a-z]/.test(text));
    expect(ours.filter((text) => !others.test(text))).toEqual([]);
    expect(sources.filter((source) => /subject: ["`]--/.test(source))).toEqual([]);
  });

  it("name options and functions that can be typed", () => {
    const program = createProgram(idleContext());
    const tree = (command: CommandUnknownOpts): readonly CommandUnknownOpts[] => [
      command,
      ...command.commands.flatMap(tree),
    ];
    const flags = tree(program).flatMap(({ options }) => options.flatMap(({ long }) => long ?? []));
    const named = texts.flatMap((text) =>
      Array.from(
        text
          .slice(1, -1)
          .replaceAll("\\`", "`")
          .matchAll(/`([a-z]\w*)`/gi),
        ([name]) => asTyped(name),
      ),
    );
    expect(named.length).toBeGreaterThan(40);
    expect([...new Set(named)].filter((name) => !name.startsWith("pnpm ") && !flags.includes(name))).toEqual(
      [],
    );
  });
});
