import { readdirSync } from "node:fs";
import type { Fault, Loss, Tried } from "../fault.js";
import { must } from "../lost.js";
import { type Parser, parserOf } from "../mutations/parser.js";
import { parsersOf } from "../mutations/parsers/index.js";
import { openReader } from "../mutations/reader.js";
import { trySamples } from "../mutations/try-input.js";

const AT_ONCE = 1000;
/** Files that inputs of one batch may leave open. */
const MOST_LEFT_OPEN = 20;

/** Each gives a FleuronError or a right value, within a minute and 256 MiB. */
export const mutations: Fault = {
  name: "mutations",
  what: "inputs of all parsers that were changed, cut, spliced, or lie about their lengths",
  times: { long: 1_000_000, short: 5000 },
  async *tries({ lab, seed, times }) {
    const whole = await lab.reference("onnx-cpu");
    const parsers = await parsersOf(whole);
    await trySamples(parsers, await lab.place());
    await using reader = await openReader(whole, parsers);
    for (let first = seed; first < seed + times; first += AT_ONCE) {
      const batch = { first, count: Math.min(AT_ONCE, seed + times - first) };
      const before = openFiles();
      const lost = await reader.read(batch);
      must(openFiles() - before <= MOST_LEFT_OPEN, () => `${openFiles() - before} more files are open`);
      yield* byParser(parsers, batch, lost);
    }
  },
};

function* byParser(
  parsers: readonly Parser[],
  { first, count }: { readonly first: number; readonly count: number },
  lost: readonly Loss[],
): Generator<Tried> {
  const tried = new Map<string, number>();
  for (let seed = first; seed < first + count; seed++) {
    const { name } = parserOf(parsers, seed);
    tried.set(name, (tried.get(name) ?? 0) + 1);
  }
  for (const [kind, total] of tried) {
    const own = lost.filter((loss) => loss.kind === kind);
    yield { kind, survived: total - own.length, lost: own };
  }
}

/** The number of files that this process has open; 0 where the system does not say. */
function openFiles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0;
  }
}
