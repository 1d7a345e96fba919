// The program `fleuron`: its commands, and how a command line becomes an exit code.

import { type CommandUnknownOpts, Help } from "@commander-js/extra-typings";
import { originalError } from "@fleuron/model";
import { nameOf } from "./command-line/flag.js";
import { asLaunched } from "./command-line/launcher.js";
import { newCommand } from "./command-line/new-command.js";
import { withTypedLibraries } from "./command-line/typed-libraries.js";
import { usageError } from "./command-line/usage.js";
import { version } from "./command-line/version.js";
import { commands } from "./commands/index.js";
import type { Context } from "./context.js";
import { cliError, EXIT, type ExitCode, failureOf } from "./errors.js";
import { Interruption } from "./interruption.js";
import { coloursOf, writeLine, writeWhole } from "./terminal/output.js";
import { failureReason, readerIsGone } from "./terminal/standard-output.js";
import { messageLines, visibleJson } from "./terminal/visible.js";
import { foldLine, wrapWords } from "./terminal/wrap.js";

/** The whole command line; parsing throws whatever goes wrong. */
export function createProgram(context: Context): CommandUnknownOpts {
  const program = newCommand({
    name: "fleuron",
    description: "Trains image classifiers, exports them and runs them.",
    examples: [
      ["pnpm train --data photos", "a folder of photos per class"],
      ["pnpm predict rose.jpg", "classifies a photo with the latest run"],
      ["pnpm export", "exports the latest run as ONNX"],
      ["pnpm demo", "classifies photos in the browser"],
      ["pnpm fleuron help train", "options and examples of a command"],
    ],
  })
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .showSuggestionAfterError(false)
    .configureHelp({ optionDescription, formatItem, styleUsage, minWidthToWrap: NARROWEST })
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => context.stdout.columns ?? 80,
    });
  program.hook("preAction", (_, command) => requireFilled(command));
  for (const create of commands) {
    const command = create(context);
    for (const each of withSubcommands(command)) each.copyInheritedSettings(program);
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands.flatMap(withSubcommands)]) {
    command.exitOverride((error) => {
      if (error.code === "commander.help") command.outputHelp();
      else if (error.exitCode !== 0) throw usageError(error, command);
      throw new Answered();
    });
  }
  return program;
}

/**
 * A script's variable that is not set is not the folder that one is in, nor every address of the machine.
 * @throws FleuronError `option-invalid`.
 */
function requireFilled(command: CommandUnknownOpts): void {
  const given = command.opts();
  const empty =
    command.options.find((option) => given[option.attributeName()] === "")?.long ??
    (command.args.includes("") ? `<${command.registeredArguments[0]!.name()}>` : undefined);
  if (empty === undefined) return;
  throw cliError("option-invalid", `'${empty}' must not be empty.`, { subject: nameOf(empty) });
}

/** Defaults without the quotation marks that commander puts around words. */
const optionDescription: Help["optionDescription"] = (option) =>
  asLaunched(Help.prototype.optionDescription(option).replace(/\(default: "(.*)"\)$/, "(default: $1)"));

/** Narrower than this a description stands below what it describes. */
const NARROWEST = 24;

function formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
  const { helpWidth = 80 } = helper;
  const usual = Help.prototype.formatItem.call(this, term, termWidth, description, helper);
  if (helpWidth - termWidth - 4 >= NARROWEST || description === "") return usual;
  return [`  ${term}`, ...foldLine(`      ${description}`, helpWidth)].join("\n");
}

function styleUsage(this: Help, usage: string): string {
  const { helpWidth = 80 } = this;
  const label = "Usage: ".length;
  return wrapWords(usage, helpWidth - label).join(`\n${" ".repeat(label)}`);
}

const withSubcommands = (command: CommandUnknownOpts): readonly CommandUnknownOpts[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** Runs one command line, reports what went wrong, and returns the exit code. */
export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  try {
    await answered(argv, context);
    await requireWritten(context);
    return EXIT.success;
  } catch (thrown) {
    const original = originalError(thrown);
    if (original instanceof Interruption) return EXIT[original.signal];
    return report(thrown, argv, context);
  }
}

async function answered(argv: readonly string[], context: Context): Promise<void> {
  try {
    await createProgram(withTypedLibraries(context)).parseAsync(argv, { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof Answered)) throw thrown;
  }
}

/** A command whose answer did not arrive has failed; not where its reader wanted no more. */
async function requireWritten({ stdout }: Context): Promise<void> {
  await stdout.settled();
  const failure = stdout.takeFailure();
  if (failure === undefined || readerIsGone(failure)) return;
  throw cliError("output-unwritable", `Standard output cannot be written: ${failureReason(failure)}.`, {
    cause: failure,
  });
}

/** Help or the version was all that was asked for, and has been printed. */
class Answered extends Error {}

/** The flags are looked up in the words themselves, for the line may not have parsed. */
function report(thrown: unknown, argv: readonly string[], { stdout, stderr }: Context): ExitCode {
  const { error, stack, exitCode } = failureOf(thrown);
  const given = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const { error: red, dim } = coloursOf(stderr);
  const tell = (label: string, text: string) => {
    for (const [index, line] of messageLines(text).entries())
      writeLine(stderr, index === 0 ? label + line : line);
  };
  tell(`${red("error:")} `, error.message);
  if (error.hint !== undefined) tell(`${dim("hint:")} `, error.hint);
  if (stack !== undefined && given.includes("--verbose")) tell("", stack);
  if (given.includes("--json")) writeWhole(stdout, visibleJson({ type: "error", ...error }));
  return exitCode;
}
