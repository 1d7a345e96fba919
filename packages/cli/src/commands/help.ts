import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { newCommand } from "../command-line/new-command.js";
import { suggestionHint } from "../command-line/suggest.js";
import { cliError } from "../errors.js";

/** The help of a command, however deep: commander's own goes one level and does not know what it does not find. */
export const help = () =>
  newCommand({
    name: "help",
    description: "Shows the options of a command, with examples.",
    examples: [
      ["pnpm fleuron help train", "as pnpm train --help does"],
      ["pnpm fleuron help data make", "of a command within another"],
    ],
  })
    .argument("[command...]", "the command's name")
    .action((names, _options, command) => {
      let found: CommandUnknownOpts = programOf(command);
      for (const name of names) found = subcommand(found, name);
      found.outputHelp();
    });

const programOf = (command: CommandUnknownOpts): CommandUnknownOpts =>
  command.parent === null ? command : programOf(command.parent);

function subcommand({ commands }: CommandUnknownOpts, name: string): CommandUnknownOpts {
  const found = commands.find((each) => each.name() === name);
  if (found !== undefined) return found;
  const names = commands.map((each) => each.name());
  throw cliError("command-unknown", `Unknown command '${name}'.`, {
    hint: names.length === 0 ? undefined : suggestionHint(name, names, "Commands"),
  });
}
