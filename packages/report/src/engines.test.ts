import { describe, expect, it } from "vitest";
import { enginesInWords, inTurns } from "./engines.js";
import { madeUpRun } from "./fixtures/index.js";

const life = (engine: string, precision: string, epoch: number, step = 0) => ({
  epoch,
  step,
  engine: { engine, precision, threads: 2, versions: {} },
});

describe("the engines of a run", () => {
  const record = {
    ...madeUpRun(),
    lives: [
      life("tfjs-node", "bfloat16", 0),
      life("tfjs-node", "bfloat16", 2),
      life("onnx-cpu", "float32", 3, 41),
      life("tfjs-node", "bfloat16", 4),
    ],
  };
  it("are told one after the other, with the place where each begins", () => {
    expect(enginesInWords(record)).toBe(
      "tfjs-node, bfloat16, 2 threads; from step 42 of epoch 4 on onnx-cpu, float32, 2 threads; " +
        "from epoch 5 on tfjs-node, bfloat16, 2 threads",
    );
    expect(inTurns(record, "precision")).toBe("bfloat16, then float32, then bfloat16");
    expect(inTurns(record, "threads")).toBe("2");
  });
  it("are the one that it was to have, before its first step", () => {
    expect(enginesInWords(madeUpRun())).toBe("onnx-cpu, float32, 2 threads");
  });
});
