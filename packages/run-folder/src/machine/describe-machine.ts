// What a run records about where it was computed.
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import * as v from "valibot";
import type { RunRecord } from "../format/run-record.js";

/** Cores and memory are what this process may use. */
export const describeMachine = (): RunRecord["machine"] => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memory: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
  os: `${type()} ${release()} ${process.arch}`,
});

export function describeVersions(): RunRecord["versions"] {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = v.parse(v.object({ version: v.string() }), JSON.parse(manifest));
  return { fleuron: version, node: process.versions.node };
}
