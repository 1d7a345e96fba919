// Whether a run that was interrupted is the run that never was, bit for bit.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "../lost.js";

/** Losses, weights and the state of the optimiser; nothing else may lie in the folder. */
export async function requireSameRun(run: string, reference: string): Promise<void> {
  const record = await recordOf(run);
  must(record.status === "completed", () => `run.json says '${record.status}' after the end`);
  const [losses, expected] = [await lossesOf(run), await lossesOf(reference)];
  must(losses === expected, () => `the losses differ from those of the run that was not stopped:\n${losses}`);
  for (const kind of ["best", "last"] as const) {
    const same = (await tensorBytes(run, kind)).equals(await tensorBytes(reference, kind));
    must(same, () => `${kind}.safetensors differs from that of the run that was not stopped`);
  }
  const [names, owed] = [await readdir(run), await readdir(reference)].map((each) => each.sort().join(", "));
  must(names === owed, () => `the folder has ${names} instead of ${owed}`);
}

export interface Recorded {
  readonly status: string;
  readonly final: { readonly epoch: number } | null;
}

export async function recordOf(run: string): Promise<Recorded> {
  return JSON.parse(await readFile(join(run, "run.json"), "utf8"));
}

/** Lines of `metrics.jsonl` without what a clock has measured. */
async function lossesOf(run: string): Promise<string> {
  const text = await readFile(join(run, "metrics.jsonl"), "utf8");
  const lines = text.trimEnd().split("\n");
  return lines
    .map((line) => {
      const { seconds: _, imagesPerSecond: __, dataWait: ___, ...rest } = JSON.parse(line);
      return JSON.stringify(rest);
    })
    .join("\n");
}

/** Without the header, whose metadata has times in it. */
async function tensorBytes(run: string, kind: "best" | "last"): Promise<Buffer> {
  const bytes = await readFile(join(run, `${kind}.safetensors`));
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
}
