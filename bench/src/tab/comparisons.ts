// Who is compared with whom.
import { OnnxEngine } from "@fleuron/training/onnx";
import * as runtime from "onnxruntime-node";
import type { Contender } from "../step/contender.js";
import { fullStep } from "../step/full-step.js";
import { inTurns } from "../step/in-turns.js";
import { type Summary, summarise } from "../step/summarise.js";
import { trainedBy } from "../step/trained-by.js";
import type { TabPage } from "./in-tab.js";
import type { SmallTurns } from "./page/page.js";

export interface TurnOptions {
  readonly steps: number;
  readonly onProgress: (what: string) => void;
}

export interface SmallComparison {
  readonly contenders: readonly Summary[];
  readonly missing: SmallTurns["missing"];
}

/** The small network's step in the page, beside TensorFlow.js on every backend that needs no WebGPU. */
export async function smallComparison(page: TabPage, { steps }: TurnOptions): Promise<SmallComparison> {
  const { turns, missing } = await page.evaluate(
    (count) => window.tabBench.small(["onnxruntime", "tfjsCpu", "tfjsWasm", "tfjsWebgl"], count),
    steps,
  );
  return { contenders: summarise(turns), missing };
}

/** The full-width step in the page, beside onnxruntime on one thread of Node. */
export async function fullComparison(
  page: TabPage,
  { steps, onProgress }: TurnOptions,
): Promise<readonly Summary[]> {
  const inPage: Contender = {
    name: "Fleuron, WASM in the page",
    async open() {
      await page.evaluate(() => window.tabBench.openFull());
      return { step: () => page.evaluate(() => window.tabBench.fullStep()) };
    },
  };
  const inNode: Contender = {
    name: "Fleuron, onnxruntime-node",
    open(step) {
      const description = { engine: "onnx-cpu", precision: step.plan.precision, threads: 1, versions: {} };
      return trainedBy(new OnnxEngine(step.plan, { runtime, threads: 1, description }), step);
    },
  };
  return summarise(await inTurns([inPage, inNode], await fullStep(), { steps, onProgress }));
}
