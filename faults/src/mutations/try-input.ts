// One input: drawn, read, and looked at.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FleuronError } from "@fleuron/model";
import { randomOf } from "../fault.js";
import { Lost, must } from "../lost.js";
import { type Parser, parserOf } from "./parser.js";

/** Mebibytes, more than most inputs need: the largest has some hundred kilobytes. */
const MOST = 256;
const INNER = "inner";

/** Messages that say nothing, or show what a program holds. */
const NO_WORDS = /^$|(?<!received )\bundefined\b|\[object/;

/** Reads the input that a seed draws, and says what came of it. Whatever this throws is what was lost. */
export async function tryInput(parsers: readonly Parser[], seed: number, folder: string): Promise<string> {
  const parser = parserOf(parsers, seed);
  const input = parser.draw(parser.samples, randomOf(seed));
  const before = process.resourceUsage().maxRSS;
  const outcome = await readInput(parser, input, folder);
  const grown = (process.resourceUsage().maxRSS - before) / 1024;
  if (grown > (parser.most ?? MOST)) throw new Lost(`it took ${Math.round(grown)} MiB`);
  return outcome;
}

/** Each sample as it is: they must be right, or the mutations mean nothing. */
export async function trySamples(parsers: readonly Parser[], folder: string): Promise<void> {
  for (const parser of parsers)
    for (const sample of parser.samples) await readInput(parser, Buffer.from(sample), folder);
}

async function readInput({ file, read }: Parser, input: Buffer, folder: string): Promise<string> {
  const inner = join(folder, INNER);
  if (file !== undefined) {
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, file), input);
  }
  let outcome: string;
  try {
    const given = await read(input, inner);
    outcome = typeof given === "string" ? given : "read";
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    must(!NO_WORDS.test(error.message), () => `it says "${error.message}"`);
    outcome = `refused: ${error.code}`;
  }
  if (file === undefined) return outcome;
  for (const name of readdirSync(inner)) rmSync(join(inner, name), { recursive: true });
  const others = readdirSync(folder).filter((name) => name !== INNER);
  must(others.length === 0, () => `it wrote ${others.join(", ")} outside of its folder`);
  return outcome;
}
