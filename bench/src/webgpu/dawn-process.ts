// The process of `onDawn`: the contenders take turns on Dawn's first adapter.
import { FleuronError } from "@fleuron/model";
import { givenOptions, report } from "../in-process.js";
import type { Measured } from "./place.js";
import { type ContenderName, contenders } from "./step/contenders.js";
import { inTurns } from "./step/in-turns.js";
import { smallStep } from "./step/small-step.js";
import { type GpuClasses, WorkMeter } from "./step/work-meter.js";

export interface DawnOptions {
  /** Dawn's own. */
  readonly dawn: readonly string[];
  readonly isReal: boolean;
  readonly contenders: readonly ContenderName[];
  readonly steps: number;
}

interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: GpuClasses;
}

report(await measured(givenOptions<DawnOptions>()));

async function measured({ dawn, isReal, contenders: names, steps }: DawnOptions): Promise<Measured> {
  // Its types are those of another version of WebGPU.
  const library: string = "webgpu";
  const { create, globals } = (await import(library)) as Dawn;
  Object.assign(globalThis, globals);
  // As in a page, which is where jax-js looks; Dawn needs the object to be referenced for good.
  const navigator = { gpu: create(dawn), userAgent: "Node.js" };
  Object.defineProperty(globalThis, "navigator", { value: navigator });
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) return { status: "not measured", reason: "Dawn finds no adapter" };
  const { device, description, isFallbackAdapter } = adapter.info;
  const words = [device, description].filter((each) => each !== "").join(", ");
  if (isReal && (isFallbackAdapter || /swiftshader|llvmpipe/i.test(words)))
    return { status: "not measured", reason: `Dawn finds no GPU but ${words}` };
  const meter = new WorkMeter(globals);
  try {
    const entered = await Promise.all(names.map((name) => contenders[name]()));
    const turns = await inTurns(entered, await smallStep(), { steps, meter });
    return { status: "measured", adapter: words, turns };
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    return { status: "refused", reason: `${error.message} ${error.hint}` };
  }
}
