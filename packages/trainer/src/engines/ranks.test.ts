// docs/engines.md shows how engines rank: each rank that an engine of the table gives itself, with its reason.
import { readFileSync } from "node:fs";
import { engineFolder, markerIn, readEngineMarker, writeEngineMarker } from "@fleuron/installer";
import { fakeMachine } from "@fleuron/tensorflow/fixtures";
import { expect, it } from "vitest";
import { engineNames, loadEngine } from "./index.js";

const page = readFileSync(new URL("../../../../docs/engines.md", import.meta.url), "utf8");

/** The rows of the table that have a rank: engine, rank, reason. */
const documented = page
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .flatMap(([, engine = "", , rank = "", reason = ""]) =>
    /^\d+$/.test(rank) ? [`${engine.replaceAll("`", "")} ${rank}: ${reason}`] : [],
  );

async function given(): Promise<readonly string[]> {
  await using machine = await fakeMachine({ engine: "tfjs-node-gpu" });
  const { surroundings } = machine;
  const marker = await readEngineMarker(machine.installation.marker);
  const measured = { device: "NVIDIA A10", step: 10, onnxCpuStep: 90 };
  for (const name of ["onnx-cuda", "webgpu"]) {
    const another = markerIn(engineFolder(name, surroundings.engines));
    await machine.file(another, "");
    await writeEngineMarker(another, { ...marker!, engine: name, measured });
  }
  const processors = [[], ["avx512_bf16"]].map((flags) => ({ model: "fake", flags }));
  const ranks: string[] = [];
  for (const name of engineNames) {
    const engine = await loadEngine(name);
    for (const processor of processors) {
      for (const mayRound of [true, false]) {
        for (const precision of engine.precisions) {
          const suits = await engine.suits({ ...surroundings, processor }, { precision, mayRound });
          if (suits !== undefined) ranks.push(`${name} ${suits.rank}: ${suits.reason}`);
        }
      }
    }
  }
  return ranks;
}

it("are those of docs/engines.md, each with its reason", async () => {
  expect(documented.toSorted()).toEqual([...new Set(await given())].sort());
});

it("are listed from the highest down", () => {
  const ranks = documented.map((row) => Number(/ (\d+):/.exec(row)?.[1]));
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
});
