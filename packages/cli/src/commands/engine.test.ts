import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";

const fleuron = async (line: string) => {
  const trainer = fakeTrainer();
  return { ...(await runInProcess(line.split(" "), { trainer })), calls: trainer.calls };
};

it("installs an engine and says what and where", async () => {
  const { exitCode, stdout, calls } = await fleuron("engine install tfjs-node --from tensorflow.whl");
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    "installed tfjs-node: @tensorflow/tfjs-node 4.22.0, libtensorflow 2.21.0\n/engines/tfjs-node\n",
  );
  expect(calls).toMatchObject([
    { method: "installEngine", options: { name: "tfjs-node", from: "tensorflow.whl" } },
  ]);
});

it("removes an engine", async () => {
  expect(await fleuron("engine remove tfjs-node")).toMatchObject({
    exitCode: 0,
    stdout: "removed tfjs-node: /engines/tfjs-node\n",
  });
});

it("lists engines, with the next step for what does not work, and measures nothing", async () => {
  const { stdout, calls } = await fleuron("engine list");
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    "tfjs-node  not installed",
    "           next: pnpm fleuron engine install tfjs-node",
  ]);
  expect(calls).toMatchObject([{ method: "diagnose", options: { measure: false } }]);
});

it("diagnoses: the machine, the engines with their speed, and the choice of auto", async () => {
  const { exitCode, stdout, calls } = await fleuron("doctor");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("C++ compiler  none is on PATH; next: sudo apt install g++\n");
  expect(stdout).toContain("Chromium      /usr/bin/chromium\n");
  expect(stdout).toContain(
    "onnx-cpu   works, 25.5 images/s in float32 on 2 threads  onnxruntime-node 1.30.0\n",
  );
  expect(stdout).toMatch(/auto takes {2}onnx-cpu in float32: the fastest here\n$/);
  expect(calls).toMatchObject([{ method: "diagnose", options: { measure: true } }]);
});

it.each(["doctor", "doctor --no-measure"])("prints %s as one line of JSON, too", async (line) => {
  const { stdout, stderr } = await fleuron(`${line} --json`);
  expect(JSON.parse(stdout)).toMatchObject({ auto: { name: "onnx-cpu" } });
  expect(stderr).toBe("");
});
