import type { Fault } from "../fault.js";
import { onnxFileParser } from "../mutations/parsers/onnx-file.js";
import { readBatches } from "../mutations/read-batches.js";
import { trySamples } from "../mutations/try-input.js";

/** Each is refused by a FleuronError or becomes a graph that runs, within a minute and 1.25 GiB. */
export const imports: Fault = {
  name: "imports",
  what: "ONNX files of other programs that were changed, cut, spliced, or lie about their lengths",
  times: { long: 100_000, short: 200 },
  async *tries({ lab, seed, times }) {
    const parsers = [onnxFileParser];
    await trySamples(parsers, await lab.place());
    for await (const { lost, outcomes } of readBatches({ parsers, seed, times })) {
      for (const [kind, survived] of Object.entries(outcomes)) yield { kind, survived, lost: [] };
      if (lost.length > 0) yield { kind: onnxFileParser.name, survived: 0, lost };
    }
  },
};
