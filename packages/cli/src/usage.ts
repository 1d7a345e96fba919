// What commander finds wrong with a command line, in our words.
import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { type CliErrorCode, cliError } from "./errors.js";
import { suggestionHint } from "./suggest.js";

const CODES: { readonly [commanderCode: string]: CliErrorCode } = {
  "commander.conflictingOption": "option-conflict",
  "commander.excessArguments": "argument-unexpected",
  "commander.help": "command-missing",
  "commander.missingArgument": "argument-missing",
  "commander.missingMandatoryOptionValue": "option-missing",
  "commander.optionMissingArgument": "option-invalid",
  "commander.unknownCommand": "command-unknown",
  "commander.unknownOption": "option-unknown",
};

/** The error to report in place of commander's, which names the valid options or commands. */
export function usageError(error: CommanderError, command: CommandUnknownOpts) {
  const code = CODES[error.code] ?? "option-invalid";
  const given = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  return cliError(code, messageOf(error), { hint: hintOf(code, given, command) });
}

function messageOf(error: CommanderError): string {
  if (error.code === "commander.help") return "A command is missing.";
  const sentence = error.message.replace(/^error: /, "");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${sentence.endsWith(".") ? "" : "."}`;
}

function hintOf(code: CliErrorCode, given: string, command: CommandUnknownOpts): string {
  const commands = () => command.commands.map((each) => each.name());
  const options = () => command.options.flatMap(({ long }) => long ?? []);
  switch (code) {
    case "command-missing":
      return `Commands: ${commands().join(", ")}.`;
    case "command-unknown":
      return suggestionHint(given, commands(), "Commands");
    case "option-unknown":
      return suggestionHint(given, options(), "Options");
    default:
      return `'${pathOf(command)} --help' shows what it takes.`;
  }
}

/** The command with those above it: `fleuron data make`. */
const pathOf = (command: CommandUnknownOpts): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
