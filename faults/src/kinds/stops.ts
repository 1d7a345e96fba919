import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Fault, oneByOne } from "../fault.js";
import { engineNames, installedEngines } from "../lab/engines.js";
import { goOn, interruptExport, interruptTraining, requireStopped } from "../lab/interrupted.js";
import { requireAlone } from "../lab/same-bundle.js";
import { recordOf } from "../lab/same-run.js";
import { must } from "../lost.js";

const signals = ["SIGTERM", "SIGHUP"] as const;

/** The process saves, says how to go on, and ends with the signal's exit code; going on gives the same, bit for bit. */
export const stops: Fault = {
  name: "stops",
  what: "SIGTERM or SIGHUP at a drawn moment of a training or an export",
  times: { long: 200, short: 2 },
  missing: async () =>
    process.platform === "win32" ? "Windows has no signals that a process can answer" : undefined,
  tries: ({ lab, ...options }) =>
    oneByOne(options, (random, seed) => {
      const engines = installedEngines();
      const engine = engines[Math.floor(seed / 4) % engines.length] ?? engineNames[0];
      const signal = signals[Math.floor(seed / 2) % signals.length] ?? "SIGTERM";
      if (seed % 2 === 0) {
        return {
          kind: `${signal}, training on ${engine}`,
          async run() {
            const run = join(await lab.place(), "run");
            const ended = await interruptTraining(lab, { engine, run, signal, random });
            const how = requireStopped(ended, signal);
            if (how === "stopped") {
              const begun = existsSync(join(run, "run.json"));
              const told = begun ? /To continue: .*--resume/ : /there is nothing to resume/;
              must(told.test(ended.errors), () => `it did not say how to continue: ${ended.errors}`);
              if (begun) {
                const { status } = await recordOf(run);
                must(status === "stopped", () => `run.json says '${status}' after ${signal}`);
              }
            }
            if (how === "too early")
              must(!existsSync(run), () => `${signal} was not answered by a run that had begun`);
            await goOn(lab, engine, run);
          },
        };
      }
      return {
        kind: `${signal}, export of a run of ${engine}`,
        async run() {
          const place = await lab.place();
          const interrupted = await interruptExport(lab, { engine, place, signal, random });
          const how = requireStopped(interrupted.ended, signal);
          const there = existsSync(join(place, "bundle")) ? ["bundle"] : [];
          if (how === "stopped") await requireAlone(place, there);
          await interrupted.goOn();
        },
      };
    }),
};
