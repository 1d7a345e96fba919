// What holds for every command there is: its help, its examples, its JSON.
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { fakeBundles } from "../fixtures/fake-bundles.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { idleContext } from "../fixtures/idle-context.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { FakeSignals, runInProcess } from "../fixtures/run-in-process.js";
import { textOutput } from "../fixtures/text-output.js";
import { createProgram } from "../program.js";

function programAt(columns: number) {
  const stdout = textOutput({ columns });
  const program = createProgram(idleContext({ stdout, signals: new FakeSignals() }));
  return { program, text: stdout.text };
}

const tree = (command: CommandUnknownOpts): readonly CommandUnknownOpts[] => [
  command,
  ...command.commands.flatMap(tree),
];

const pathOf = (command: CommandUnknownOpts): readonly string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];

const everyCommand = tree(programAt(80).program);
const everyPath = everyCommand.map(pathOf).map((path) => ({ path, name: path.join(" ") || "fleuron" }));

async function helpOf(path: readonly string[], columns: number) {
  const { program, text } = programAt(columns);
  await program.parseAsync([...path, "--help"], { from: "user" }).catch(() => undefined);
  return text();
}

/** The command lines under "Examples", without what they do. */
const examplesOf = (help: string) =>
  help
    .slice(help.indexOf("\nExamples:\n"))
    .split("\n")
    .flatMap((line) => /^ {2}(\S.*?)(?: {2,}.*)?$/.exec(line)?.[1] ?? []);

const rootScripts: Record<string, string> = JSON.parse(
  readFileSync(new URL("../../../../package.json", import.meta.url), "utf8"),
).scripts;

/** The words after `pnpm fleuron`, or after `pnpm` for a command that the root has a script for. */
function argvOf(example: string): readonly string[] {
  const words = example.split(" ").filter((word) => !/^[A-Z_]+=/.test(word));
  expect(words[0]).toBe("pnpm");
  if (words[1] !== "fleuron") expect(rootScripts[words[1]!]).toBe(`node scripts/fleuron.mjs ${words[1]}`);
  return words.slice(words[1] === "fleuron" ? 2 : 1);
}

describe.each(everyPath)("$name", ({ path }) => {
  it("says what it does in a sentence that begins with a verb", () => {
    const command = everyCommand.find((each) => pathOf(each).join() === path.join());
    expect(command?.description()).toMatch(/^[A-Z][a-z]+s\b.*\.$/);
  });

  it("has examples, which parse, and no others", async () => {
    const examples = examplesOf(await helpOf(path, 200));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const { program } = programAt(200);
      let parsed: string | undefined;
      for (const each of tree(program)) {
        if (each.commands.length === 0) {
          each.action(() => {
            parsed = pathOf(each).join(" ");
          });
        }
      }
      await program.parseAsync(argvOf(example), { from: "user" });
      expect(argvOf(example).join(" ")).toMatch(new RegExp(`^${parsed}\\b`));
    }
  });

  it.each([40, 60, 80, 120])(
    "has a help of %i columns, all but command lines that are longer",
    async (columns) => {
      const help = await helpOf(path, columns);
      const examples = examplesOf(await helpOf(path, 200)).map((example) => `  ${example}`);
      const wide = help.split("\n").filter((line) => stringWidth(line) > columns);
      expect(wide.filter((line) => !examples.includes(line))).toEqual([]);
    },
  );
});

const options = everyCommand.flatMap((command) =>
  command.options.map((option) => ({
    name: `${pathOf(command).join(" ")} ${option.flags}`,
    description: option.description,
    option,
  })),
);

describe("options", () => {
  it.each(options)("$name: $description", ({ option }) => {
    expect(option.flags).toMatch(/^(-[A-Z], )?--[a-z]+(-[a-z]+)*( (<[a-z]+>|\[[a-z]+\]))?$/);
    expect(option.description).toMatch(/^[a-z]/);
    expect(option.description).not.toMatch(/[.:;,]$|"/);
    expect(option.description.split("(default: ").length).toBeLessThanOrEqual(
      option.defaultValue === undefined || option.negate ? 2 : 1,
    );
  });
});

/** A word, such as a path, stays whole. */
const isTooWide = (line: string, columns: number) => stringWidth(line) > columns && line.trim().includes(" ");

describe("--json", () => {
  const lines: { readonly [command: string]: string } = {
    train: "--data photos --out runs/x",
    evaluate: "",
    predict: "a.jpg b.jpg",
    export: "",
    import: "petals.onnx --out bundle",
    verify: "",
    compare: "runs/a runs/b",
    report: "",
    "data fetch": "",
    "data check": "photos",
    "data make": "--out drawn",
    "engine list": "",
    "engine install": "tfjs-node",
    "engine remove": "tfjs-node",
    doctor: "",
    summary: "",
    differentiate: "petals.onnx --out step.onnx",
  };
  const wordsOf = (line: string) => line.trim().split(" ");
  /** Tested in files of their own: they need more than a trainer and an exporter, or serve until they are told to stop. */
  const elsewhere = ["compress", "demo", "new"];

  it("is an option of every command that does something", () => {
    const leaves = everyCommand
      .filter(({ commands }) => commands.length === 0)
      .map((each) => pathOf(each).join(" "));
    expect(leaves.sort()).toEqual([...Object.keys(lines), ...elsewhere, "help"].sort());
  });

  it.each(Object.entries(lines))(
    "%s fits terminals of 40 and of 80 columns without it",
    async (command, rest) => {
      for (const columns of [40, 80]) {
        const argv = wordsOf(`${command} ${rest}`);
        const libraries = { trainer: fakeTrainer(), ...fakeBundles() };
        const { exitCode, stdout, stderr } = await runInProcess(argv, { ...libraries, columns });
        expect(exitCode).toBe(0);
        const written = stripVTControlCharacters(stdout + stderr).replaceAll("\r", "\n");
        expect(written.split("\n").filter((line) => isTooWide(line, columns))).toEqual([]);
      }
    },
  );

  it.each(Object.entries(lines))("%s prints lines of JSON and nothing else", async (command, rest) => {
    const argv = [...wordsOf(`${command} ${rest}`), "--json"];
    const { exitCode, stdout } = await runInProcess(argv, { trainer: fakeTrainer(), ...fakeBundles() });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\n$/);
    for (const value of jsonLines(stdout)) expect(value).toBeTypeOf("object");
  });

  it.each(Object.entries(lines))("%s tells an error as a line of JSON, too", async (command, rest) => {
    const argv = [...wordsOf(`${command} ${rest}`), "--jsn", "--json"];
    const { exitCode, stdout } = await runInProcess(argv, { trainer: fakeTrainer(), ...fakeBundles() });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ type: "error", code: "option-unknown", subject: "jsn" });
  });
});
