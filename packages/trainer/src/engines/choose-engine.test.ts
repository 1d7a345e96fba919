import { fakeMachine } from "@fleuron/tensorflow/fixtures";
import { bad, type EngineModule, good } from "@fleuron/training";
import { expect, it, vi } from "vitest";
import { chooseEngine } from "./choose-engine.js";
import type { EngineTable } from "./engine-table.js";
import { engineNames, loadEngine } from "./index.js";

const swift: EngineModule = {
  name: "swift",
  precisions: ["float32"],
  setUp: "buy a swift device",
  suits: async () => ({ rank: 40, reason: "the fastest: there is a swift device" }),
  probe: vi.fn(async () => [good("swift device", "there")]),
  create: () => expect.unreachable(),
};

const table: EngineTable = {
  engineNames: [...engineNames, "swift"],
  loadEngine: async (name) => (name === "swift" ? swift : loadEngine(name)),
};

async function auto(wish: object = {}) {
  await using machine = await fakeMachine();
  const asked = { engine: "auto", mixedPrecision: "auto", mayRound: true, ...wish } as const;
  return await chooseEngine(asked, machine.surroundings, table);
}

it("takes an engine of the table where it ranks highest, with its own reason", async () => {
  expect(await auto()).toEqual({
    name: "swift",
    precision: "float32",
    reason: "the fastest: there is a swift device",
  });
});

it("takes the next one where it does not work, and names what would set it up", async () => {
  vi.mocked(swift.probe).mockResolvedValueOnce([bad("swift device", "none", "Plug it in.")]);
  expect(await auto()).toMatchObject({
    name: "onnx-cpu",
    reason:
      "the fastest on this processor, which is not faster in bfloat16; swift would be faster here: Plug it in",
  });
});

it("promises nothing of an engine that does not exist for the system", async () => {
  vi.mocked(swift.probe).mockResolvedValueOnce([bad("system", "another", "No way.", "unsupported")]);
  expect((await auto()).reason).toBe("the fastest on this processor, which is not faster in bfloat16");
});

it("passes over an engine that lacks the precision that is asked for", async () => {
  expect(await auto({ mixedPrecision: "bfloat16" })).toMatchObject({ name: "tfjs-node" });
});

it("names the engines of the table that have the precision, when one is asked for that has not", async () => {
  await expect(auto({ engine: "swift", mixedPrecision: "bfloat16" })).rejects.toMatchObject({
    hint: "Use `engine` tfjs-node-gpu or tfjs-node, or leave `mixedPrecision` out.",
  });
});

it("takes one that adds up gradients where ranks share each batch, and refuses any other", async () => {
  expect(await auto({ shared: true })).toMatchObject({ name: "onnx-cpu" });
  await expect(auto({ shared: true, engine: "swift" })).rejects.toMatchObject({
    code: "engine-unavailable",
    message: "The engine swift cannot share a batch among ranks.",
    hint: "Use `engine` onnx-cpu, or train in one process.",
  });
});
