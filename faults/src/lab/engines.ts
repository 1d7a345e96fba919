// The engines that are tried: those that work here.
import { installedEngine } from "@fleuron/testing";

export const engineNames = ["onnx-cpu", "tfjs-node"] as const;
export type EngineName = (typeof engineNames)[number];

export const installedEngines = (): readonly EngineName[] =>
  engineNames.filter((name) => name === "onnx-cpu" || installedEngine(name) !== undefined);
