import { fakeMachine } from "@fleuron/tensorflow/fixtures";
import { follow } from "@fleuron/testing";
import { type EngineModule, good } from "@fleuron/training";
import { expect, it } from "vitest";
import type { EngineTable } from "../engines/engine-table.js";
import { diagnoseEngines } from "./diagnose.js";

const trial = { imagesPerSecond: 30, precision: "float32", threads: 2 } as const;
const engine = (name: string, suits: EngineModule["suits"]): EngineModule => ({
  name,
  precisions: ["float32"],
  setUp: "none",
  suits,
  probe: async () => [good(name, "there")],
  create: () => expect.unreachable(),
});
const elsewhere = { ...good("adapter", "another"), code: "unmeasured" as const };
const engines = [
  engine("swift", async () => ({ rank: 10, reason: "the fastest" })),
  engine("played", async () => undefined),
  {
    ...engine("elsewhere", async () => ({ rank: 20, reason: "measured" })),
    findDevice: async () => elsewhere,
  },
];

const table: EngineTable = {
  engineNames: ["swift", "played", "elsewhere"],
  loadEngine: async (name) => engines.find((each) => each.name === name)!,
};

it("measures what works and suits the machine, and only looks at what auto passes over", async () => {
  await using machine = await fakeMachine();
  const { result } = await follow(
    diagnoseEngines(table, async () => trial, { surroundings: machine.surroundings }),
  );
  expect(result.engines).toEqual([
    { name: "swift", works: true, findings: [good("swift", "there")], trial },
    { name: "played", works: true, findings: [good("played", "there")] },
    { name: "elsewhere", works: true, findings: [good("elsewhere", "there"), elsewhere] },
  ]);
  expect(result.auto.name).toBe("swift");
});
