// TensorFlow's GPU build as an engine: on a GPU where there is one, else on the processor.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { requiredGpu, thisMachine } from "@fleuron/machine";
import { follow } from "@fleuron/testing";
import { firstBad } from "@fleuron/training";
import { itIsAnEngine, tinyState } from "@fleuron/training/fixtures";
import { describe, expect, it } from "vitest";
import { setEnvironment } from "../../dist/engine/environment.js";
import { loadTensorflow } from "../../dist/engine/load-tensorflow.js";
import { TensorflowEngine } from "../../dist/engine/tensorflow-engine.js";
import { checkEngine } from "../../dist/install/check-engine.js";
import { installableEngines } from "../../dist/install/installable.js";
import { installationOf } from "../../dist/install/installation.js";
import { lookAtInstallation } from "../../dist/look/installation.js";

const engine = installableEngines["tfjs-node-gpu"];
const missing = firstBad(await lookAtInstallation(engine, thisMachine()));
const skipped = missing ? ` (skipped: ${missing.what}: ${missing.found}; ${missing.hint})` : "";

describe.skipIf(missing)(`TensorFlow's GPU build${skipped}`, () => {
  itIsAnEngine(async (plan) => {
    // TF32 is not compared with float64.
    process.env.NVIDIA_TF32_OVERRIDE = "0";
    setEnvironment({ threads: 2, deterministic: false });
    const tensorflow = loadTensorflow(installationOf(engine).folder, engine.npmPackage);
    const description = { engine: engine.name, precision: plan.precision, threads: 2, versions: {} };
    const opened = await TensorflowEngine.open(plan, tensorflow, description);
    await opened.write(tinyState(plan));
    return opened;
  });

  it("takes onnx-cpu's steps when it is installed, and warns where that was not on a GPU", async () => {
    const { events, result } = await follow(checkEngine(engine, installationOf(engine).folder, undefined));
    const warned = events.some((event) => event.type === "warning" && event.code === "gpu-untried");
    expect(result.versions.libtensorflow).toBe("2.21.0");
    expect(warned).toBe(result.triedOn === "processor");
    if (firstBad(await requiredGpu(thisMachine()))) expect(result.triedOn).toBe("processor");
  });
});

const other = installableEngines["tfjs-node"];
const otherMissing = firstBad(await lookAtInstallation(other, thisMachine()));
const bothSkipped = missing || otherMissing ? " (skipped: both engines of TensorFlow are needed)" : "";

describe.skipIf(missing || otherMissing)(`tfjs-node-gpu${bothSkipped}`, () => {
  it("has the sources of tfjs-node: its addon's, and its JavaScript", async () => {
    const [own, reference] = [installationOf(engine).npmPackage, installationOf(other).npmPackage];
    for (const folder of ["binding", "dist"]) {
      const names = (await readdir(join(own, folder), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(own.length));
      expect(names.length).toBeGreaterThan(7);
      for (const name of names) {
        const same = (await readFile(own + name)).equals(await readFile(reference + name));
        expect(same, name).toBe(true);
      }
    }
  });
});
