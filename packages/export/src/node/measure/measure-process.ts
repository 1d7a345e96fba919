// The process that names photos by one file of a bundle, and says what that took.
import { readFile } from "node:fs/promises";
import { type BundlePrecision, FleuronError } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-node";
import { median } from "../median.js";
import type { FromMeasuring, MeasureTask, NamedPhotos } from "./measure-in-process.js";

process.once("message", async (task) => {
  try {
    await send({ type: "named", named: await name(task as MeasureTask) });
  } catch (error) {
    const known = error instanceof FleuronError ? error : new FleuronError("internal", String(error));
    await send({ type: "error", error: known.toJSON() });
  }
  process.disconnect();
});

async function name({ folder, precision, threads, photos }: MeasureTask): Promise<NamedPhotos> {
  await using classifier = await loadClassifier(folder, { precision: precision as BundlePrecision, threads });
  const runs: number[] = [];
  const unreadable: string[] = [];
  let right = 0;
  const { labels } = classifier.manifest;
  for (const [index, { path, label: number }] of photos.entries()) {
    const { predictions, timings } = await classifier.classify(path, { topK: 1 }).catch((error: unknown) => {
      if (!(error instanceof FleuronError) || error.code === "model-unusable") throw error;
      return { predictions: undefined, timings: undefined };
    });
    if (timings === undefined) unreadable.push(path);
    else {
      runs.push(timings.run);
      if (predictions[0]!.label === labels[number]) right++;
    }
    await send({ type: "photo", done: index + 1 });
  }
  return { right, unreadable, milliseconds: median(runs), peakBytes: await peakBytes() };
}

const send = (message: FromMeasuring) => new Promise((sent) => process.send!(message, sent));

/** The program's alone on Linux: what getrusage has begins with the peak of the process which started it. */
async function peakBytes(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}
