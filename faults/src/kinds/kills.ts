import { join } from "node:path";
import { type Fault, oneByOne } from "../fault.js";
import { engineNames, installedEngines } from "../lab/engines.js";
import { goOn, interruptExport, interruptTraining } from "../lab/interrupted.js";

const signal = "SIGKILL";

/** Afterwards `--resume`, or the same export again, gives what was never interrupted, bit for bit. */
export const kills: Fault = {
  name: "kills",
  what: "SIGKILL at a drawn moment of a training or an export",
  times: { long: 100, short: 2 },
  tries: ({ lab, ...options }) =>
    oneByOne(options, (random, seed) => {
      const engines = installedEngines();
      const engine = engines[Math.floor(seed / 2) % engines.length] ?? engineNames[0];
      if (seed % 2 === 0) {
        return {
          kind: `training on ${engine}`,
          async run() {
            const run = join(await lab.place(), "run");
            await interruptTraining(lab, { engine, run, signal, random });
            await goOn(lab, engine, run);
          },
        };
      }
      return {
        kind: `export of a run of ${engine}`,
        async run() {
          const place = await lab.place();
          const interrupted = await interruptExport(lab, { engine, place, signal, random });
          await interrupted.goOn();
        },
      };
    }),
};
