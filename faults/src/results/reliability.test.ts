import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { faults } from "../../dist/faults.js";
import { reliabilityPage } from "../../dist/results/reliability.js";
import { type Entry, readResults, writeResult } from "../../dist/results/results.js";

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));
const names = faults.map(({ name }) => name);

const entry: Entry = {
  fault: "kills",
  what: "SIGKILL",
  command: "pnpm test:faults --only kills --seed 7 --times 100",
  began: "2026-11-28T09:00:00.000Z",
  seconds: 600,
  processor: "AMD EPYC, 2 cores",
  system: "Linux",
  seed: 7,
  tried: 1100,
  survived: 1100,
  lost: [],
  kinds: { "training on onnx-cpu": 1100 },
};

it("keeps the newest entry of each fault", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-results-"));
  try {
    const file = join(folder, "results.json");
    await writeResult(file, entry);
    await writeResult(file, { ...entry, fault: "stops" });
    await writeResult(file, { ...entry, tried: 7 });
    const { faults } = await readResults(file);
    expect(faults.map(({ fault, tried }) => [fault, tried])).toEqual([
      ["stops", 1100],
      ["kills", 7],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("begins with the processor and the date, and has a row for each fault", () => {
  const skipped = {
    ...entry,
    fault: "full-disk",
    tried: 0,
    survived: 0,
    kinds: {},
    skipped: "only root may",
  };
  const lost = [{ seed: 9, kind: "training", what: "a | file\nand more" }];
  const page = reliabilityPage(
    {
      formatVersion: 1,
      faults: [skipped, { ...entry, began: "2026-11-29T01:00:00.000Z" }, { ...entry, fault: "stops", lost }],
    },
    ["kills", "stops", "full-disk"],
  );
  const lines = page.split("\n");
  expect(lines[0]).toBe("Processor: AMD EPYC, 2 cores. Date: 2026-11-28 to 2026-11-29.");
  const rows = lines.filter((line) => line.startsWith("| SIGKILL")).map((line) => line.replace(/ +/g, " "));
  expect(rows).toEqual([
    `| SIGKILL | 1,100 | 1,100 | nothing | \`${entry.command}\` |`,
    `| SIGKILL | 1,100 | 1,100 | training: a \\| file | \`${entry.command}\` |`,
    `| SIGKILL | 0 | 0 | not tried: only root may | \`${entry.command}\` |`,
  ]);
});

it("is what docs/reliability.md shows of docs/reliability.json", async () => {
  const page = reliabilityPage(await readResults(join(docs, "reliability.json")), names);
  expect(await readFile(join(docs, "reliability.md"), "utf8")).toBe(page);
});
