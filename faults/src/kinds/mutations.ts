import type { Fault, Loss, Tried } from "../fault.js";
import { type Parser, parserOf } from "../mutations/parser.js";
import { parsersOf } from "../mutations/parsers/index.js";
import { readBatches } from "../mutations/read-batches.js";
import { trySamples } from "../mutations/try-input.js";

/** Each gives a FleuronError or a right value, within a minute and 256 MiB. */
export const mutations: Fault = {
  name: "mutations",
  what: "inputs of all parsers that were changed, cut, spliced, or lie about their lengths",
  times: { long: 1_000_000, short: 5000 },
  async *tries({ lab, seed, times }) {
    const whole = await lab.reference("onnx-cpu");
    const parsers = await parsersOf(whole);
    await trySamples(parsers, await lab.place());
    for await (const { batch, lost } of readBatches({ whole, parsers, seed, times }))
      yield* byParser(parsers, batch, lost);
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
