// What commander finds wrong with a command line, in our words.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { MANIFEST_FILE } from "@fleuron/model";
import { type CliErrorCode, cliError } from "../errors.js";
import { nameOf } from "./flag.js";
import { suggest, suggestionHint } from "./suggest.js";

interface Complaint {
  readonly code: CliErrorCode;
  /** From what commander puts in quotes: the option, argument or command that it is about, and a second one. */
  readonly message: (about: string, other: string) => string;
  /** What it is about, where commander does not say that. */
  readonly about?: (command: CommandUnknownOpts) => string;
}

const COMPLAINTS: { readonly [commanderCode: string]: Complaint } = {
  "commander.conflictingOption": {
    code: "option-conflict",
    message: (option, other) => `'${option}' cannot be given with '${other}'.`,
  },
  "commander.excessArguments": {
    code: "argument-unexpected",
    message: (argument) => `Unexpected argument '${argument}'.`,
    about: ({ args, registeredArguments }) => args[registeredArguments.length]!,
  },
  "commander.invalidArgument": {
    code: "option-invalid",
    message: (option, value) => `The option '${option}' does not take '${value}'.`,
  },
  "commander.missingArgument": {
    code: "argument-missing",
    message: (argument) => `The argument '${argument}' is missing.`,
  },
  "commander.missingMandatoryOptionValue": {
    code: "option-missing",
    message: (option) => `The option '${option}' is missing.`,
  },
  "commander.optionMissingArgument": {
    code: "option-invalid",
    message: (option) => `The option '${option}' needs a value.`,
  },
  "commander.unknownCommand": {
    code: "command-unknown",
    message: (command) => `Unknown command '${command}'.`,
    about: ({ args }) => args[0]!,
  },
  "commander.unknownOption": {
    code: "option-unknown",
    message: (option) => `Unknown option '${option}'.`,
  },
};

/** The error to report in place of commander's, which says what would have been right. */
export function usageError(error: CommanderError, command: CommandUnknownOpts) {
  const complaint = COMPLAINTS[error.code];
  if (complaint === undefined) throw error;
  const quoted = Array.from(error.message.matchAll(/'([^']*)'/g), ([, words]) =>
    words!.replace(/^(-\S*) .*/, "$1"),
  );
  const { code, message, about: aboutOf } = complaint;
  const [about = "", other = ""] = aboutOf === undefined ? quoted : [aboutOf(command)];
  // Commander ends with the choices that an option has.
  const [, choices] = /is invalid\. (.+)$/.exec(error.message) ?? [];
  return cliError(code, message(about, other), {
    subject: nameOf(about),
    hint: choices ?? hintOf(code, about, command),
  });
}

function hintOf(code: CliErrorCode, about: string, command: CommandUnknownOpts): string {
  const takes = `'pnpm ${pathOf(command)} --help' shows its options.`;
  if (code === "command-unknown") return suggestionHint(about, namesOf(command), "Commands");
  if (code === "argument-unexpected") {
    const option = optionFor(about);
    return optionsOf(command).includes(option) ? `Did you mean '${option} ${about}'? ${takes}` : takes;
  }
  if (code !== "option-unknown") return takes;
  const meant = suggest(about, optionsOf(command));
  return meant === undefined ? takes : `Did you mean '${meant}'? ${takes}`;
}

/** The option that takes such a folder. */
function optionFor(folder: string): string {
  if (existsSync(join(folder, MANIFEST_FILE))) return "--bundle";
  return existsSync(join(folder, "run.json")) || basename(folder) === "latest" ? "--run" : "--data";
}

const namesOf = ({ commands }: CommandUnknownOpts) => commands.map((each) => each.name());
const optionsOf = ({ options }: CommandUnknownOpts) => options.flatMap(({ long }) => long ?? []);

/** The command with those above it: `fleuron data make`. */
const pathOf = (command: CommandUnknownOpts): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
