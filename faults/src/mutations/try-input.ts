// One input: drawn, read, and looked at.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FleuronError } from "@fleuron/model";
import { randomOf } from "../fault.js";
import { Lost, must } from "../lost.js";
import { type Parser, parserOf } from "./parser.js";

/** More than any input needs: the largest has some hundred kilobytes. */
const MOST_KILOBYTES = 256 * 1024;
const INNER = "inner";

/** Messages that say nothing, or show what a program holds. */
const NO_WORDS = /^$|(?<!received )\bundefined\b|\[object/;

/** Reads the input that a seed draws. Whatever this throws is what was lost. */
export async function tryInput(parsers: readonly Parser[], seed: number, folder: string): Promise<void> {
  const parser = parserOf(parsers, seed);
  const input = parser.draw(parser.samples, randomOf(seed));
  const before = process.resourceUsage().maxRSS;
  await readInput(parser, input, folder);
  const grown = process.resourceUsage().maxRSS - before;
  if (grown > MOST_KILOBYTES) throw new Lost(`it took ${Math.round(grown / 1024)} MiB`);
}

/** Each sample as it is: they must be right, or the mutations mean nothing. */
export async function trySamples(parsers: readonly Parser[], folder: string): Promise<void> {
  for (const parser of parsers)
    for (const sample of parser.samples) await readInput(parser, Buffer.from(sample), folder);
}

async function readInput({ file, read }: Parser, input: Buffer, folder: string): Promise<void> {
  const inner = join(folder, INNER);
  if (file !== undefined) {
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, file), input);
  }
  try {
    await read(input, inner);
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    must(!NO_WORDS.test(error.message), () => `it says "${error.message}"`);
  }
  if (file === undefined) return;
  for (const name of readdirSync(inner)) rmSync(join(inner, name), { recursive: true });
  const others = readdirSync(folder).filter((name) => name !== INNER);
  must(others.length === 0, () => `it wrote ${others.join(", ")} outside of its folder`);
}
