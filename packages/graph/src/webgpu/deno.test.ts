// Deno's WebGPU is wgpu, which compiles WGSL as Firefox does: another one than Dawn, of Chromium and of npm's `webgpu`.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { softwareVulkan } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import type { StepInDeno } from "../fixtures/step-in-deno.js";

const run = promisify(execFile);
const deno = process.env.FLEURON_DENO || "deno";
const script = fileURLToPath(new URL("../fixtures/step-in-deno.ts", import.meta.url));

/** Why Deno cannot be asked here; undefined where it can. */
async function whyNoDeno(): Promise<string | undefined> {
  const found = await run(deno, ["--version"]).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error)) return undefined;
  if (process.env.FLEURON_DENO) return `FLEURON_DENO does not start: ${found.message}`;
  return "there is no Deno on PATH, and FLEURON_DENO names none";
}

const vulkan = await softwareVulkan();
const why = typeof vulkan === "string" ? vulkan : await whyNoDeno();

describe.skipIf(why)(`a training step in Deno${why ? ` (skipped: ${why})` : ""}`, () => {
  it("has the interpreter's gradients, and repeats to the bit", async () => {
    if (typeof vulkan === "string") expect.unreachable(vulkan);
    const { stdout } = await run(
      deno,
      ["run", "-A", "--no-lock", "--no-check", "--unstable-webgpu", "--unstable-sloppy-imports", script],
      { env: { ...process.env, ...vulkan.environment } },
    );
    const seen = JSON.parse(stdout) as StepInDeno;
    expect(seen.errors).toHaveProperty("gradient/conv1/kernel");
    for (const [name, error] of Object.entries(seen.errors)) expect(error, name).toBeLessThan(1e-5);
    expect(seen.others).toBe(0);
  });
});
