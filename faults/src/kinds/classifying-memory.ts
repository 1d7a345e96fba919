import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../fault.js";
import { watchMemory } from "../memory/watch.js";

/** A fault only where memory grows: after the last tenth of the photos it is at most 1.05 times that after the second. */
export const classifyingMemory: Fault = {
  name: "classifying-memory",
  what: "many photos classified by runtime-node: memory does not grow",
  times: { long: 10_000, short: 500 },
  whole: true,
  async *tries({ lab, seed, times }) {
    const { bundle } = await lab.reference("onnx-cpu");
    const folder = join(await lab.photos(), "rose");
    const photos = (await readdir(folder)).sort().map((name) => join(folder, name));
    yield* watchMemory({
      kind: "photos",
      ...{ seed, times },
      script: new URL("../memory/classify-child.js", import.meta.url),
      args: (every) => [bundle, JSON.stringify(photos), String(times), String(every)],
    });
  },
};
