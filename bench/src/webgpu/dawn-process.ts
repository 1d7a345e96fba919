// The process of `onDawn`: WebGPU is where a page has it, and the contenders take turns on it.
import { givenOptions, report } from "../in-process.js";
import type { GpuClasses } from "../step/work-meter.js";
import { type MeasureOptions, measure } from "./measure.js";

export interface DawnOptions extends Omit<MeasureOptions, "classes" | "onProgress"> {
  /** Options of Dawn. */
  readonly dawn: readonly string[];
}

interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: GpuClasses;
}

const { dawn, ...options } = givenOptions<DawnOptions>();
// Its types are those of another version of WebGPU.
const library: string = "webgpu";
const { create, globals } = (await import(library)) as Dawn;
// jax-js looks at the browser's name. Dawn needs its object to be referenced for good.
const navigator = { gpu: create(dawn), userAgent: "Node.js" };
Object.assign(globalThis, globals);
Object.defineProperty(globalThis, "navigator", { value: navigator });
report(await measure({ ...options, classes: globals }));
