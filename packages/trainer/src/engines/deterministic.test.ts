// A file of its own, and so a process of its own: TensorFlow takes the setting once in a process.
import { createHash } from "node:crypto";
import { thisMachine } from "@fleuron/machine";
import { setEnvironment } from "@fleuron/tensorflow";
import { follow } from "@fleuron/testing";
import { precisions } from "@fleuron/training";
import { batchOf, planWith, tinyState } from "@fleuron/training/fixtures";
import { afterEach, describe, expect, it, vi } from "vitest";
import { tfjsNode } from "../../dist/engines/tfjs-node.js";
import { resume, train } from "../../dist/index.js";
import { expectSameRun, openLab, recordOf, small } from "../fixtures/lab.js";

const missing = (await tfjsNode.probe(thisMachine())).find(({ ok }) => !ok);
const skipped = missing ? ` (skipped: ${missing.what}: ${missing.found}; ${missing.hint})` : "";

describe.skipIf(missing)(`tfjs-node, deterministic${skipped}`, () => {
  it.each(precisions)(
    "takes two steps in %s twenty times with the same bits in all of its state",
    async (precision) => {
      const plan = { ...planWith({ nesterov: true, weightDecay: 5e-4, clipNorm: 5 }), precision };
      await using engine = await tfjsNode.create(plan, { threads: 2, deterministic: true });
      expect(engine.description.deterministic).toBe(true);
      const outcomes = new Set<string>();
      for (let run = 0; run < 20; run++) {
        await engine.write(tinyState(plan));
        const losses: number[] = [];
        for (const step of [1, 2])
          losses.push((await engine.step(batchOf(6, step), { learningRate: 0.05 })).loss);
        const hash = createHash("sha256");
        for await (const { data } of engine.read()) hash.update(Buffer.from(Float32Array.from(data).buffer));
        outcomes.add(`${losses.join()} ${hash.digest("hex")}`);
      }
      expect(outcomes.size).toBe(1);
    },
  );

  it("repeats a run bit for bit, stopped and resumed or not, and the run says what it was asked", async () => {
    await using lab = await openLab();
    const data = await lab.photos("photos", { perClass: 8 });
    const options = {
      ...small,
      data,
      epochs: 1,
      batchSize: 2,
      seed: 5,
      engine: "tfjs-node",
      deterministic: true,
    } as const;
    const [reference, stopped] = [lab.path("reference"), lab.path("stopped")];
    await follow(train({ ...options, out: reference }));
    const controller = new AbortController();
    await follow(train({ ...options, out: stopped, signal: controller.signal }), (event) => {
      if (event.type === "step" && event.step === 2) controller.abort();
    });
    await follow(resume({ run: stopped, skipReport: true }));
    await expectSameRun(stopped, reference);
    expect((await recordOf(stopped)).engine).toMatchObject({ engine: "tfjs-node", deterministic: true });
  }, 300_000);
});

describe("TensorFlow's environment", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("asks for deterministic operations, and for others where nobody does", () => {
    vi.stubEnv("TF_DETERMINISTIC_OPS", undefined);
    setEnvironment({ threads: 2, deterministic: false });
    expect(process.env.TF_DETERMINISTIC_OPS).toBe("0");
    vi.stubEnv("TF_DETERMINISTIC_OPS", undefined);
    setEnvironment({ threads: 2, deterministic: true });
    expect(process.env.TF_DETERMINISTIC_OPS).toBe("1");
  });

  it("cannot become deterministic once TensorFlow runs without", () => {
    vi.stubEnv("TF_DETERMINISTIC_OPS", "0");
    expect(() => setEnvironment({ threads: 2, deterministic: true })).toThrow(
      expect.objectContaining({ code: "engine-unavailable", subject: "deterministic" }),
    );
  });
});
