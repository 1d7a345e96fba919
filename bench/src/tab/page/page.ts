// What runs in the page of `openTab`.
import type { OpenContender } from "../../step/contender.js";
import { type ContenderName, contenders } from "../../step/contenders.js";
import { fullStep } from "../../step/full-step.js";
import { inTurns, type Turns } from "../../step/in-turns.js";
import { smallStep } from "../../step/small-step.js";

export interface SmallTurns {
  readonly turns: readonly Turns[];
  /** Why the others took no part. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

interface TabBench {
  /** The small step in all that can take it, the first of which must. */
  small(names: readonly ContenderName[], steps: number): Promise<SmallTurns>;
  openFull(): Promise<void>;
  /** A full-width step's loss. */
  fullStep(): Promise<number>;
}

declare global {
  interface Window {
    tabBench: TabBench;
    /** Given by the script that opened the page. */
    tellProgress(what: string): Promise<void>;
  }
}

let full: OpenContender;

window.tabBench = {
  async small(names, steps) {
    const step = await smallStep();
    const entered = [];
    const missing = [];
    for (const name of names) {
      const contender = await contenders[name]();
      await window.tellProgress(`trying ${contender.name}`);
      try {
        await (await contender.open(step)).step();
        entered.push(contender);
      } catch (error) {
        if (name === names[0]) throw error;
        missing.push({ name: contender.name, reason: String(error).split("\n")[0]! });
      }
    }
    const onProgress = (what: string) => void window.tellProgress(what);
    return { turns: await inTurns(entered, step, { steps, onProgress }), missing };
  },
  async openFull() {
    full = await (await contenders.onnxruntime()).open(await fullStep());
  },
  fullStep: () => full.step(),
};
