// What a new engine's step was measured to take on a GPU, beside onnx-cpu's.
import { bad, type Finding, good, type Suitability } from "@fleuron/training";
import { installCommand } from "./engine-folder.js";
import type { EngineMarker } from "./engine-marker.js";

const isFaster = ({ step, onnxCpuStep }: NonNullable<EngineMarker["measured"]>): boolean =>
  step < onnxCpuStep;

/** What `auto` makes of an engine: it passes one over that was not measured, or was not faster than the processor. */
export const measuredSuitability = (
  marker: EngineMarker | undefined,
  rank: number,
): Suitability | undefined =>
  marker?.measured !== undefined && isFaster(marker.measured)
    ? { rank, reason: "measured here, faster than the processor" }
    : undefined;

/** What is said of it. */
export function lookAtMeasured({ measured }: EngineMarker): Finding {
  const what = "measured";
  if (measured === undefined) return good(what, "not on a GPU: auto passes it over");
  const { device, step, onnxCpuStep } = measured;
  const times = `a step in ${milliseconds(step)}, on onnx-cpu in ${milliseconds(onnxCpuStep)}, with ${device}`;
  return good(what, isFaster(measured) ? times : `${times}: auto passes it over`);
}

/** The GPU that is there now: one that works, and `auto` takes, unless another was measured. */
export function deviceFound(what: string, device: string, marker: EngineMarker | undefined): Finding {
  if (marker?.measured === undefined || marker.measured.device === device) return good(what, device);
  const hint = `${installCommand(marker.engine)} measures it`;
  return { ...bad(what, `${device}, which was not measured`, hint, "unmeasured"), ok: true };
}

const milliseconds = (time: number): string => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
