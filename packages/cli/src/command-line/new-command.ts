// How a command begins: its name, what it does, and the tables under its help, the examples last.
import { Command } from "@commander-js/extra-typings";
import { type Pair, pairLines } from "../terminal/pairs.js";
import { asLaunched } from "./launcher.js";

export interface CommandHead {
  readonly name: string;
  /** A sentence that begins with what the command does: "Trains …". */
  readonly description: string;
  /** What to type, and what that does. */
  readonly examples: readonly Pair[];
  /** More tables under the options, by their headings. */
  readonly tables?: { readonly [heading: string]: readonly Pair[] };
}

export function newCommand({ name, description, examples, tables = {} }: CommandHead) {
  const typed = examples.map(([line, what]): Pair => [asLaunched(line), asLaunched(what)]);
  const sections = Object.entries({ ...tables, Examples: typed });
  return new Command(name)
    .description(description)
    .helpCommand(false)
    .addHelpText("after", ({ command }) => {
      const width = command.configureOutput().getOutHelpWidth?.() ?? DEFAULT_WIDTH;
      return sections
        .map(([heading, pairs]) => `\n${heading}:\n${pairLines(pairs, width).join("\n")}`)
        .join("\n");
    });
}

/** That of commander, where there is no terminal. */
const DEFAULT_WIDTH = 80;
