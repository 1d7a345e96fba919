// The program `fleuron`: its commands, and how a command line becomes an exit code.
import { readFileSync } from "node:fs";
import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { commands } from "./commands/index.js";
import type { Context } from "./context.js";
import { EXIT, type ExitCode, failureOf } from "./errors.js";
import { Interruption } from "./interruption.js";
import { coloursOf, writeLine } from "./terminal/output.js";
import { usageError } from "./usage.js";

/** The whole command line; parsing throws whatever goes wrong. */
export function createProgram(context: Context): CommandUnknownOpts {
  const program = new Command("fleuron")
    .description("Trains image classifiers and names photos with them.")
    .version(version())
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: () => {},
      outputError: () => {},
    });
  for (const create of commands) {
    const command = create(context);
    for (const each of withSubcommands(command)) each.copyInheritedSettings(program);
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands.flatMap(withSubcommands)]) {
    command.exitOverride((error) => {
      throw error.exitCode === 0 ? new Answered() : usageError(error, command);
    });
  }
  return program;
}

const withSubcommands = (command: CommandUnknownOpts): readonly CommandUnknownOpts[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** Runs one command line, reports what went wrong, and returns the exit code. */
export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  try {
    await createProgram(context).parseAsync(argv, { from: "user" });
    return EXIT.success;
  } catch (thrown) {
    if (thrown instanceof Answered) return EXIT.success;
    if (thrown instanceof Interruption) return EXIT[thrown.signal];
    return report(thrown, argv, context);
  }
}

/** Help or the version was all that was asked for, and has been printed. */
class Answered extends Error {}

/** The flags are looked up in the words themselves, for the line may not have parsed. */
function report(thrown: unknown, argv: readonly string[], { stdout, stderr }: Context): ExitCode {
  const { error, stack, exitCode } = failureOf(thrown);
  const { error: red, dim } = coloursOf(stderr);
  writeLine(stderr, `${red("error:")} ${error.message}`);
  if (error.hint !== undefined) writeLine(stderr, `${dim("hint:")} ${error.hint}`);
  if (stack !== undefined && argv.includes("--verbose")) writeLine(stderr, stack);
  if (argv.includes("--json")) writeLine(stdout, JSON.stringify({ type: "error", ...error }));
  return exitCode;
}

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const data: { readonly version: string } = JSON.parse(text);
  return data.version;
}
