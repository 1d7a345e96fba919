import { describe, expect, it } from "vitest";
import { madeUpRecord } from "../../fixtures/made-up-run.js";
import type { RunLife } from "../run-folder/run-record.js";
import { enginesInWords, inTurns } from "./engines.js";

const life = (engine: string, precision: string, epoch: number, step = 0): RunLife => ({
  began: "2026-11-23T14:09:35.364Z",
  epoch,
  step,
  engine: { engine, precision, threads: 2, versions: {} },
});

describe("the engines of a run", () => {
  const record = {
    ...madeUpRecord(),
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
  it("are the one that a run has which did not record them", () => {
    expect(enginesInWords(madeUpRecord())).toBe("onnx-cpu, float32, 2 threads");
    expect(enginesInWords({ ...madeUpRecord(), lives: [] })).toBe("onnx-cpu, float32, 2 threads");
  });
});
