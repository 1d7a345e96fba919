import { join } from "node:path";
import { fakeMachine } from "@fleuron/installer/fixtures";
import { planWith } from "@fleuron/training/fixtures";
import { expect, it } from "vitest";
import { installationOf } from "./installation.js";
import { openWebgpuEngine } from "./open-engine.js";

/** Dawn, which finds no adapter the first time, and then one that gives no device. */
const DAWN = `
const adapter = {
  limits: {},
  info: { device: "A10", description: "", vendor: "NVIDIA" },
  requestDevice: async () => { throw new Error("it is in use"); },
};
let asked = 0;
export const create = () => ({ requestAdapter: async () => (asked++ === 0 ? null : adapter) });
`;

it("says that there is no GPU, or that it gives no device, and what to do", async () => {
  await using machine = await fakeMachine();
  const installation = installationOf(machine.surroundings.engines);
  await machine.file(join(installation.npmPackage, "package.json"), '{ "type": "module" }');
  await machine.file(join(installation.npmPackage, "index.js"), DAWN);
  const open = () => openWebgpuEngine(planWith({}), installation, { version: "0.6.2" });
  await expect(open()).rejects.toMatchObject({
    code: "engine-unavailable",
    message: "The engine webgpu found no GPU that it can use.",
    hint: expect.any(String),
  });
  await expect(open()).rejects.toMatchObject({
    code: "engine-unavailable",
    message: "The engine webgpu cannot use the GPU: it is in use",
    hint: "Close what else uses the GPU, or use `engine` onnx-cpu.",
  });
});
