// What is read of a run's folder, and beside it.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { acquireLock } from "@fleuron/files";
import { readSplit } from "@fleuron/photos";
import { encodeRunRecord, latestRun, readMetrics } from "@fleuron/run-folder";
import { decodeRunRecord } from "../../../../packages/run-folder/dist/format/run-record.js";
import { must } from "../../lost.js";
import { bytes, json, jsonLines } from "../draws.js";
import type { Parser } from "../parser.js";

export const runFolderParsers = (run: string): readonly Parser[] => [
  {
    name: "run.json",
    samples: [readFileSync(join(run, "run.json"))],
    draw: json,
    read(given) {
      const record = decodeRunRecord(given.toString(), "run.json");
      const again = decodeRunRecord(encodeRunRecord(record, "run.json"), "run.json");
      must(isDeepStrictEqual(again, record), () => "it is not read again as it was written");
    },
  },
  {
    name: "split.json",
    samples: [readFileSync(join(run, "split.json"))],
    draw: json,
    file: "split.json",
    async read(_, folder) {
      const { labels, train, val, test } = await readSplit(join(folder, "split.json"));
      for (const { path, label } of [...train, ...val, ...test])
        must(labels[label] !== undefined, () => `${path} has the label ${label} of ${labels.length}`);
    },
  },
  {
    name: "metrics.jsonl",
    samples: [readFileSync(join(run, "metrics.jsonl"))],
    draw: jsonLines,
    file: "metrics.jsonl",
    async read(_, folder) {
      for (const metrics of await readMetrics(folder))
        for (const [name, value] of Object.entries(metrics))
          must(Number.isFinite(value), () => `${name} is ${value}`);
    },
  },
  {
    name: "runs/latest",
    samples: ["modern-20261125-173730\n", "../elsewhere\n", "/absolute/run\n"].map((text) =>
      Buffer.from(text),
    ),
    draw: bytes,
    file: "latest",
    read: (_, folder) => latestRun(folder),
  },
  {
    name: "a lock",
    samples: [lockOf(2 ** 31 - 2), lockOf(process.pid)],
    draw: json,
    slow: true,
    file: "lock",
    async read(_, folder) {
      await using __ = await acquireLock(folder);
    },
  },
];

const lockOf = (pid: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      id: "7f1f5a3e-3a7c-4c8e-9a43-0a4a3f1e1a11",
      pid,
      processStart: null,
      host: hostname(),
      since: "2026-11-25T17:37:30.000Z",
    }),
  );
