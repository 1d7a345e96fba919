// On which engines a run was computed, one after the other.
import { livesOf, type RunLife, type RunRecord } from "../run-folder/run-record.js";
import { counted } from "./words.js";

/** Lives in a row on the same engine, as one. */
function stretchesOf(record: RunRecord): readonly RunLife[] {
  const lives = livesOf(record);
  const stretches =
    lives.length === 0 ? [{ began: record.created, epoch: 0, step: 0, engine: record.engine }] : lives;
  return stretches.filter((life, index) => index === 0 || engineOf(life) !== engineOf(stretches[index - 1]));
}

const engineOf = ({ engine: { engine, precision, threads, deterministic } }: RunLife): string =>
  `${engine}, ${precision}, ${counted(threads, "thread")}${deterministic ? ", deterministic" : ""}`;

/** Such as `tfjs-node, bfloat16, 2 threads; from epoch 5 on onnx-cpu, float32, 2 threads`. */
export const enginesInWords = (record: RunRecord): string =>
  stretchesOf(record)
    .map((life) => (life.epoch + life.step === 0 ? "" : `${placeOf(life)} on `) + engineOf(life))
    .join("; ");

const placeOf = ({ epoch, step }: RunLife): string =>
  step === 0 ? `from epoch ${epoch + 1}` : `from step ${step + 1} of epoch ${epoch + 1}`;

/** One of an engine's properties, life after life: `bfloat16, then float32`. */
export function inTurns<Key extends "engine" | "precision" | "threads">(record: RunRecord, key: Key): string {
  const values = stretchesOf(record).map(({ engine }) => String(engine[key]));
  return values.filter((value, index) => value !== values[index - 1]).join(", then ");
}
