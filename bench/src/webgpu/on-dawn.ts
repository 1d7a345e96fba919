// Node: Dawn, as npm's `webgpu` has it, in a process whose environment decides which driver it finds.
import { inProcess } from "../in-process.js";
import type { ContenderName } from "../step/contenders.js";
import type { DawnOptions } from "./dawn-process.js";
import type { Measured, Place } from "./place.js";

export interface DawnPlace {
  /** What the process needs in its environment, or why it cannot be had. */
  readonly environment?: () => Promise<Readonly<Record<string, string>> | string>;
  /** Default: the system's own, Vulkan on Linux. */
  readonly backend?: "null";
  /** Whether a processor that plays a GPU is not what is asked for. */
  readonly isReal?: boolean;
  readonly contenders?: readonly ContenderName[];
}

export const onDawn =
  ({
    environment = async () => ({}),
    backend,
    isReal = false,
    contenders = ["fleuron", "jaxJs"],
  }: DawnPlace): Place =>
  async ({ steps }) => {
    const found = await environment();
    if (typeof found === "string") return { status: "not measured", reason: found };
    // SwiftShader compiles the zeroing of a workgroup's memory for seconds.
    const dawn = ["enable-dawn-features=disable_workgroup_init", ...(backend ? [`backend=${backend}`] : [])];
    const computes = backend === undefined;
    const options: DawnOptions = { dawn, isReal, computes, contenders, steps };
    try {
      return await inProcess<Measured>("webgpu/dawn-process", options, found);
    } catch (error) {
      // What crashes takes no other place's results with it.
      return { status: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
  };
