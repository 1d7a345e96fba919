// The options of a library's function as options of a command: flags, help and defaults come from the library's record.
import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";
import type {
  Option as LibraryOption,
  OptionRecord,
  OptionsOf,
  ValueKind,
  ValueType,
} from "@fleuron/model/options";
import { flagOf } from "./flag.js";
import {
  byteCount,
  checkpointInterval,
  listOf,
  nameOrFile,
  oneOf,
  positiveInteger,
  positiveNumber,
  seed,
  share,
  threads,
  timeSpan,
} from "./options.js";

type Parse = (given: string) => unknown;

/** How each kind of value is read; undefined: it is the text. */
const parsers: { readonly [type in ValueType]: ((flag: string, kind: ValueKind) => Parse) | undefined } = {
  bytes: byteCount,
  checkpointInterval,
  flag: undefined,
  listOf: (flag, { table }) => listOf(flag, table?.names ?? [], table?.title ?? ""),
  nameOrFile: (flag, { table, ending }) =>
    nameOrFile(flag, table?.names ?? [], { list: table?.title ?? "", ending: ending ?? "" }),
  oneOf: (flag, { table }) => oneOf(flag, table?.names ?? [], table?.title ?? ""),
  path: undefined,
  paths: undefined,
  positiveInteger: (flag, { minimum }) => positiveInteger(flag, minimum),
  positiveNumber,
  seconds: timeSpan,
  seed,
  share,
  signal: undefined,
  text: undefined,
  threads: (flag) => threads(flag),
};

/** Those options that a command line has. */
type Shown<Options extends OptionRecord> = {
  [Name in keyof Options as Options[Name] extends { help: string } ? Name : never]: Options[Name];
};

/** The command with the options that have a help text; `more` is what the command line alone has to say of some. */
export function withOptions<Args extends unknown[], Opts extends OptionValues, Options extends OptionRecord>(
  command: Command<Args, Opts>,
  options: Options,
  more: { readonly [Name in keyof Options]?: string } = {},
): Command<Args, Opts & OptionsOf<Shown<Options>>> {
  for (const [name, option] of Object.entries(options)) {
    if (option.help !== undefined) command.addOption(commandOption(name, option, more[name] ?? ""));
  }
  return command as Command<Args, Opts & OptionsOf<Shown<Options>>>;
}

function commandOption(name: string, option: LibraryOption, more: string): Option {
  const { takes, value, help, onResume } = option;
  const flag = flagOf(name);
  const moved = onResume?.help === undefined ? "" : `; with --resume, ${onResume.help}`;
  const made = new Option(
    value === undefined ? flag : `${flag} <${value}>`,
    `${help}${more}${moved}${defaultOf(option)}`,
  );
  const parse = parsers[takes.type]?.(flag, takes);
  return parse === undefined ? made : made.argParser(parse);
}

function defaultOf({ default: value, defaultHelp, onResume }: LibraryOption): string {
  const words = defaultHelp ?? (typeof value === "boolean" ? undefined : value);
  if (words === undefined) return "";
  const resumed = onResume?.default === undefined ? "" : `; ${onResume.default} with --resume`;
  return ` (default: ${words}${resumed})`;
}
