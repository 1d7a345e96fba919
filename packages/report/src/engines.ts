// On which engines a run was computed, one after the other.
import { counted } from "@fleuron/model";
import type { ReportedRun } from "./reported-run.js";

type Life = ReportedRun["lives"][number];

/** Lives in a row on the same engine, as one; of a run that has taken no step, the engine that it was to have. */
function stretchesOf({ lives, engine }: ReportedRun): readonly Life[] {
  const all = lives.length === 0 ? [{ epoch: 0, step: 0, engine }] : lives;
  return all.filter((life, index) => index === 0 || engineOf(life) !== engineOf(all[index - 1]!));
}

const engineOf = ({ engine: { engine, precision, threads, ranks, deterministic } }: Life): string =>
  `${engine}, ${precision}, ${counted(threads, "thread")}${ranks ? ` on each of ${ranks} ranks` : ""}${deterministic ? ", deterministic" : ""}`;

/** Such as `tfjs-node, bfloat16, 2 threads; from epoch 5 on onnx-cpu, float32, 2 threads`. */
export const enginesInWords = (run: ReportedRun): string =>
  stretchesOf(run)
    .map((life) => (life.epoch + life.step === 0 ? "" : `${placeOf(life)} on `) + engineOf(life))
    .join("; ");

const placeOf = ({ epoch, step }: Life): string =>
  step === 0 ? `from epoch ${epoch + 1}` : `from step ${step + 1} of epoch ${epoch + 1}`;

/** One of an engine's properties, life after life: `bfloat16, then float32`. */
export function inTurns(run: ReportedRun, key: "engine" | "precision" | "threads"): string {
  const values = stretchesOf(run).map(({ engine }) => String(engine[key]));
  return values.filter((value, index) => value !== values[index - 1]).join(", then ");
}
