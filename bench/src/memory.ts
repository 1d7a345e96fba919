// `pnpm bench memory`: does a run's memory grow with the number of photos? Peak memory of equally many steps on few and on many.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { megabytes } from "@fleuron/model";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { alignColumns } from "./align-columns.js";
import { commandLine, positive } from "./arguments.js";
import { describeMachine, loadAverage } from "./compare/machine.js";
import { inProcess } from "./in-process.js";
import { progressLine } from "./inference/print.js";
import type { MemoryRun, MemoryRunOptions } from "./memory-run.js";
import { temporaryFolder } from "./temporary-folder.js";

const classes = 2;

const values = commandLine({
  photos: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
});
const counts = (values.photos ?? ["300", "10000"]).map((count) => positive("photos", count));
const most = Math.max(...counts);
const loadBefore = loadAverage();
const onProgress = progressLine();
const results = [];
for (const photos of counts) {
  await using temporary = await temporaryFolder("memory");
  onProgress?.(`drawing ${photos} photos`);
  await drawPhotos(join(temporary.folder, "photos"), photos);
  onProgress?.(`training on ${photos} photos`);
  const epochs = Math.round(most / photos);
  const options: MemoryRunOptions = { folder: temporary.folder, epochs };
  results.push({ photos, epochs, ...(await inProcess<MemoryRun>("memory-run", options)) });
}
onProgress?.("");
const machine = describeMachine();
if (values.json) process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, results })}\n`);
else {
  const rows = results.map(({ photos, epochs, peakRssBytes }) => [
    photos.toLocaleString("en"),
    String(epochs),
    megabytes(peakRssBytes),
  ]);
  const lines = alignColumns([["photos", "epochs", "peak memory"], ...rows], () => true);
  process.stdout.write(
    `${lines.join("\n")}\n\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}

async function drawPhotos(root: string, count: number): Promise<void> {
  for (let label = 0; label < classes; label++) await mkdir(join(root, `class${label}`), { recursive: true });
  for (let seed = 0; seed < count; seed++) {
    const label = seed % classes;
    await writeFile(
      join(root, `class${label}`, `${seed}.jpg`),
      await encodeJpeg(drawFlower({ label, seed })),
    );
  }
}
