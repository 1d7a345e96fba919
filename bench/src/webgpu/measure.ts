// On the first adapter of `navigator.gpu`, in a page or in Node.
import { isEmulated } from "@fleuron/graph/webgpu";
import { FleuronError } from "@fleuron/model";
import { type ContenderName, contenders } from "../step/contenders.js";
import { inTurns } from "../step/in-turns.js";
import { smallStep } from "../step/small-step.js";
import { type GpuClasses, WorkMeter } from "../step/work-meter.js";
import type { Measured, PlaceOptions } from "./place.js";

export interface MeasureOptions extends PlaceOptions {
  readonly contenders: readonly ContenderName[];
  /** Whether a processor that plays a GPU is not what is asked for. */
  readonly isReal?: boolean;
  readonly classes: GpuClasses;
  /** Whether kernels compute anything. Default: true. */
  readonly computes?: boolean;
}

export async function measure({
  contenders: names,
  isReal = false,
  classes,
  ...options
}: MeasureOptions): Promise<Measured> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) return { status: "not measured", reason: "WebGPU has no adapter here" };
  const { vendor, architecture, device, description } = adapter.info;
  const words = [device, description].filter((each) => each !== "").join(", ") || `${vendor} ${architecture}`;
  if (isReal && isEmulated(adapter.info))
    return { status: "not measured", reason: `there is no GPU but ${words}` };
  const meter = new WorkMeter(classes);
  try {
    const entered = await Promise.all(names.map((name) => contenders[name]()));
    const turns = await inTurns(entered, await smallStep(), { ...options, meter });
    return { status: "measured", adapter: words, turns };
  } catch (error) {
    return error instanceof FleuronError && error.code === "losses-differ"
      ? { status: "refused", reason: `${error.message} ${error.hint}` }
      : { status: "failed", reason: String(error) };
  }
}
