// What a library calls by its name, in backticks, as the reader types it: `batchSize` is --batch-size.
import type { Exporter, Trainer } from "../context.js";
import { flagOf } from "./flag.js";
import { asLaunched } from "./launcher.js";

/** Functions that a command stands for. */
const commands = new Map(
  Object.entries({
    importBundle: "pnpm fleuron import",
    installEngine: "pnpm fleuron engine install",
    resume: "pnpm train --resume",
    train: "pnpm train",
    writeBundle: "pnpm export",
    writeTrainingStep: "pnpm fleuron differentiate",
  } satisfies { readonly [name in keyof (Trainer & Exporter)]?: string }),
);

const typedCommand = (name: string): string | undefined => {
  const command = commands.get(name);
  return command === undefined ? undefined : asLaunched(command);
};

/** Options that are flags by another name. */
const flags = new Map(Object.entries({ inputs: "--input", precisions: "--precision" }));

/** A message or hint of a library, with flags and commands in it. */
export const asTyped = (text: string): string =>
  text
    .replace(/`([a-z]\w*)`/gi, (_, name: string) => typedCommand(name) ?? flags.get(name) ?? flagOf(name))
    .replace(/\boption '([a-z]\w*)'/gi, (_, name: string) => `option '${flagOf(name)}'`);

/** Plain data of a library, with every text in it {@link asTyped}. */
export const allAsTyped = <Value>(value: Value): Value => typed(value) as Value;

function typed(value: unknown): unknown {
  if (typeof value === "string") return asTyped(value);
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typed(inner)]));
}
