import { join } from "node:path";
import type { TrainOptions } from "@fleuron/trainer";
import type { Fault } from "../fault.js";
import { drawPhotos } from "../lab/data-sets.js";
import { installedEngines } from "../lab/engines.js";
import { watchMemory } from "../memory/watch.js";

const PHOTOS_PER_CLASS = 100;
/** The short suite leaves it out: an allocator of native code settles in some hundred steps. */
const SHORT = 0;
const BATCH = 8;

/** A fault only where memory grows: after the last tenth of the steps it is at most 1.05 times that after the second. */
export const trainingMemory: Fault = {
  name: "training-memory",
  what: "many steps of training at width 0.1: memory does not grow",
  times: { long: 2000 * installedEngines().length, short: SHORT },
  whole: true,
  async *tries({ lab, seed, times }) {
    const data = await drawPhotos(join(await lab.place(), "photos"), {
      daisy: PHOTOS_PER_CLASS,
      rose: PHOTOS_PER_CLASS,
    });
    const engines = installedEngines();
    const steps = Math.ceil(times / engines.length);
    const environment = { FLEURON_CACHE: `${lab.folder}/cache` };
    for (const engine of engines) {
      const options: TrainOptions = {
        ...{ data, engine, seed, batchSize: BATCH, width: 0.1, imageSize: 67 },
        out: join(await lab.place(), "run"),
        epochs: Math.ceil((steps * BATCH) / PHOTOS_PER_CLASS),
      };
      yield* watchMemory({
        kind: `steps on ${engine}`,
        ...{ seed, environment },
        times: steps,
        script: new URL("../memory/train-child.js", import.meta.url),
        args: (every) => [JSON.stringify(options), String(steps), String(every)],
      });
    }
  },
};
